"""How Chinese pages write dates."""

DATE_FORMAT = "Y年n月j日（l）"
SHORT_DATE_FORMAT = "Y年n月j日"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y年n月j日（l）H:i"
SHORT_DATETIME_FORMAT = "Y年n月j日 H:i"
