"""The words dates explain themselves with, in English and Chinese: one sentence a step of a derivation.

A sentence stays here as long as a stored derivation may hold its step, and asks for no value that older steps lack.
"""

from collections.abc import Mapping

EN, ZH = "en", "zh-Hans"
Words = Mapping[str, Mapping[str, str]]

WEEKDAYS = {
    EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ZH: ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
UNITS: Words = {
    EN: {
        "working_days": "working days",
        "calendar_days": "calendar days",
        "months": "months",
        "hours": "hours",
    },
    ZH: {
        "working_days": "个工作日",
        "calendar_days": "日",
        "months": "个月",
        "hours": "小时",
    },
}
CALENDARS: Words = {
    EN: {
        "cn": "PRC working-day calendar",
        "us-federal": "US federal business-day calendar",
        "eu": "EU calendar",
        "plain": "plain days",
    },
    ZH: {
        "cn": "中国工作日历",
        "us-federal": "美国联邦工作日历",
        "eu": "欧盟日历",
        "plain": "自然日",
    },
}
ZONES: Words = {
    EN: {
        "Asia/Shanghai": "Beijing time, Asia/Shanghai",
        "America/New_York": "Eastern Time, America/New_York",
        "Europe/Brussels": "Brussels time, Europe/Brussels",
    },
    ZH: {
        "Asia/Shanghai": "北京时间，Asia/Shanghai",
        "America/New_York": "美国东部时间，America/New_York",
        "Europe/Brussels": "布鲁塞尔时间，Europe/Brussels",
    },
}
CONFIDENCE: Words = {
    EN: {"medium": "medium", "low": "low"},
    ZH: {"medium": "中", "low": "低"},
}
EVENTS: Words = {
    EN: {
        "agent.registered": "registration of the designated agent",
        "counter_notice.arrived": "arrival of the counter-notice with the right holder",
        "counter_notice.filed": "receipt of the counter-notice",
        "counter_notice.forwarded": "forwarding of the counter-notice",
        "counter_notice.prevailed": "success of the counter-notice",
        "court_application.accepted": "acceptance of the application by the court",
        "court_order.enforced": "enforcement of the court order",
        "court_order.received": "receipt of the court order",
        "decision.told": "information about the decision",
        "delivery.logged": "record of the delivery",
        "flagger_notice.filed": "receipt of the trusted flagger's notice",
        "information.requested": "request for information",
        "law.entered": "entry into force of the law",
        "log.written": "writing of the log",
        "measure.applied": "application of the measure",
        "misuse.found": "finding of misuse",
        "notice.accepted": "acceptance of the notice",
        "notice.decided": "decision on the notice",
        "notice.filed": "receipt of the notice",
        "ods_dispute.received": "receipt of the dispute by the dispute settlement body",
        "report.published": "publication of the report",
        "report_period.ended": "end of the reporting period",
        "right_holder.informed": "information of the right holder",
        "sanction.applied": "application of the sanction",
        "user_numbers.published": "publication of the user numbers",
    },
    ZH: {
        "agent.registered": "指定代理人登记",
        "counter_notice.arrived": "不侵权声明到达权利人",
        "counter_notice.filed": "收到不侵权声明",
        "counter_notice.forwarded": "转送不侵权声明",
        "counter_notice.prevailed": "不侵权声明成立",
        "court_application.accepted": "人民法院受理申请",
        "court_order.enforced": "法院裁定执行",
        "court_order.received": "收到法院裁定",
        "decision.told": "告知处理决定",
        "delivery.logged": "留存送达记录",
        "flagger_notice.filed": "收到可信举报者的通知",
        "information.requested": "要求补充材料",
        "law.entered": "法律施行",
        "log.written": "日志生成",
        "measure.applied": "采取措施",
        "misuse.found": "认定滥用",
        "notice.accepted": "受理通知",
        "notice.decided": "就通知作出决定",
        "notice.filed": "收到通知",
        "ods_dispute.received": "争议解决机构收到争议",
        "report.published": "发布报告",
        "report_period.ended": "报告期届满",
        "right_holder.informed": "告知权利人",
        "sanction.applied": "采取处置",
        "user_numbers.published": "公布用户数量",
    },
}
CATALOGUE: Words = {
    EN: {
        "clock": "Rule: {label}{norm}.",
        "clock_of_house": "Rule: {label}{norm}. The length is the operator's own choice; the law gives no number.",
        "triggered": "Triggered by {event}: {moment} ({zone}).",
        "period": "Period: {length} {unit}.",
        "calendar": "Counted by the {calendar}{norm}, data version {version}, {reach}.",
        "start_not_counted": "{date}, the day of the event, is not counted{norm}; counting begins on the next day.",
        "skipped": "{span} not counted: {name}.",
        "make_up_counted": "{span} counted although on a weekend: {name}.",
        "paused": "{span} not counted: the clock was stopped.",
        "month_end": "The month has no day of that number, so the period ends on its last day, {date}{norm}.",
        "same_day": "The day of the same number is {date}{norm}.",
        "last_working_day": "Working day {length} of the period is {date}.",
        "last_calendar_day": "Day {length} of the period is {date}.",
        "reached": "The count ends on {date}.",
        "rolled": "{from} is a day of rest ({name}), so the last day moves to the next working day, {to}{norm}.",
        "not_rolled": "{date} is a working day ({name}), so the last day does not move.",
        "minimum": "A period of two days or more must hold two working days, so the last day moves from {from} to {to}{norm}.",
        "published": "List of rest days used for {year}: {source}.",
        "provisional": "Provisional: no list of rest days for {year} is loaded (data reach to {last_year}); Monday to Friday was assumed. The date will be computed again when the list is loaded.",
        "provisional_before": "Provisional: no list of rest days for {year} is loaded (data begin with {first_year}); Monday to Friday was assumed.",
        "unconfirmed": "The list of rest days used for {year} was not read at its source (confidence {confidence}): {source}.",
        "extended": "Extended by {length} {unit}.",
        "capped": "Cut back from {from} to {to}: never longer than {length} {unit}{norm}. How that day is reached:",
        "ends": "The period ends on {date} at {cutoff} ({zone}{clause}); what arrives at that moment or later is too late.",
        "hours_run_from": "Hours run from {moment} ({zone}); elapsed time is counted, so a change of clocks neither adds nor takes an hour.",
        "hours_paused": "The clock was stopped from {from} to {to} ({minutes} minutes).",
        "ends_at": "The period ends at {moment} ({zone}); what arrives at that moment or later is too late.",
    },
    ZH: {
        "clock": "规则：{label}{norm}。",
        "clock_of_house": "规则：{label}{norm}。该期限由运营者自行确定，法律未规定具体期限。",
        "triggered": "起算事由：{event}，时间为{moment}（{zone}）。",
        "period": "期间：{length}{unit}。",
        "calendar": "按{calendar}{norm}计算，数据版本{version}，{reach}。",
        "start_not_counted": "{date}为开始的当日，不计入，自下一日开始计算{norm}。",
        "skipped": "{span}不计入：{name}。",
        "make_up_counted": "{span}虽逢周休息日，仍计入：{name}。",
        "paused": "{span}不计入：期间中止。",
        "month_end": "到期月没有对应日，月末日{date}为期间的最后一日{norm}。",
        "same_day": "到期月的对应日为{date}{norm}。",
        "last_working_day": "第{length}个工作日为{date}。",
        "last_calendar_day": "第{length}日为{date}。",
        "reached": "计算至{date}。",
        "rolled": "{from}为休息日（{name}），以休息日结束的次日{to}为期间的最后一日{norm}。",
        "not_rolled": "{date}为工作日（{name}），最后一日不顺延。",
        "minimum": "两日以上的期间至少应含两个工作日，最后一日由{from}移至{to}{norm}。",
        "published": "{year}年休息日依据：{source}。",
        "provisional": "暂定：尚未载入{year}年的休息日安排（数据截至{last_year}年），暂按星期一至星期五为工作日计算；载入后将重新计算。",
        "provisional_before": "暂定：没有{year}年的休息日安排（数据始于{first_year}年），暂按星期一至星期五为工作日计算。",
        "unconfirmed": "{year}年的休息日清单未经原始来源核对（可信度：{confidence}）：{source}。",
        "extended": "延长{length}{unit}。",
        "capped": "由{from}缩短至{to}：最长不超过{length}{unit}{norm}。该日的计算如下：",
        "ends": "期间的最后一日为{date}，于{cutoff}截止（{zone}{clause}）；此刻及以后到达的均为逾期。",
        "hours_run_from": "自{moment}（{zone}）起按小时计算；以实际经过的时间为准，不受夏令时调整影响。",
        "hours_paused": "{from}至{to}期间中止（{minutes}分钟）。",
        "ends_at": "期间于{moment}（{zone}）届满；此刻及以后到达的均为逾期。",
    },
}
