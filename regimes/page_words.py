"""The words of a pack's page in both languages. Data and not gettext: a page is generated outside any request."""

from collections.abc import Mapping
from typing import Final

from regimes.words import Text

EVENTS: Final[Mapping[str, Text]] = {
    "agent.registered": Text(
        "registration or renewal of the designated agent", "指定代理人登记或者续展"
    ),
    "case.closed": Text("the case is closed", "案件办结"),
    "ccb_claim.filed": Text(
        "a claim before the Copyright Claims Board", "向版权索赔委员会提出索赔"
    ),
    "complaint_proof.filed": Text("proof of a complaint to the authority", "提交已投诉的证明"),
    "counter_notice.accepted": Text("the counter-notice is accepted", "不侵权声明经接受"),
    "counter_notice.arrived": Text(
        "the forwarded counter-notice reaches the right holder", "转送的声明到达权利人"
    ),
    "counter_notice.filed": Text("a counter-notice is received", "收到不侵权声明"),
    "counter_notice.forwarded": Text("the counter-notice is forwarded", "声明已转送"),
    "counter_notice.prevailed": Text("the counter-notice prevails", "声明成立"),
    "counter_notice.rejected": Text("the counter-notice is rejected", "声明不予接受"),
    "court_application.accepted": Text("a court accepts an application", "法院受理申请"),
    "court_order.enforced": Text("a pre-suit order is carried out", "诉前保全措施已采取"),
    "court_order.received": Text("a court order is received", "收到法院裁定"),
    "decision.told": Text("a party is told the decision", "当事人获知决定"),
    "delivery.logged": Text("output is delivered without explicit label", "提供未加显式标识的内容"),
    "flagger_notice.filed": Text("a trusted flagger's notice is received", "收到可信举报人的通知"),
    "forwarding.failed": Text("the user cannot be reached", "无法联系用户"),
    "information.requested": Text("information is asked for", "要求补正"),
    "law.entered": Text("the law came into force", "法律生效"),
    "log.written": Text("a log is written", "日志生成"),
    "measure.applied": Text("a measure takes effect", "措施生效"),
    "measure.lifted": Text("a measure ends", "措施终止"),
    "misuse.found": Text("misuse is found", "发现滥用"),
    "notice.accepted": Text("the notice is accepted", "通知经接受"),
    "notice.decided": Text("the notice is decided", "对通知作出决定"),
    "notice.declined": Text("the notice is declined", "通知不予接受"),
    "notice.filed": Text("a notice is received", "收到通知"),
    "ods_dispute.received": Text(
        "the out-of-court body receives a dispute", "庭外争议解决机构收到争议"
    ),
    "report.published": Text("a report is published", "报告发布"),
    "report_period.ended": Text("the reporting period ends", "报告期结束"),
    "right_holder.informed": Text(
        "the right holder knows of the infringement", "权利人知道权利受到损害"
    ),
    "sanction.applied": Text("a user is sanctioned", "对用户采取措施"),
    "suit_proof.filed": Text("proof of suit", "提交已起诉的证明"),
    "transaction.completed": Text("a transaction is completed", "交易完成"),
    "user_numbers.published": Text("user numbers are published", "公布用户数量"),
}
PARTIES: Final[Mapping[str, Text]] = {
    "provider": Text("provider", "服务提供者"),
    "filer": Text("right holder", "权利人"),
    "respondent": Text("affected user", "受影响用户"),
    "court": Text("court", "法院"),
    "ods_body": Text("out-of-court body", "庭外争议解决机构"),
    "public": Text("public", "公众"),
    "authority": Text("authority", "主管部门"),
    "upstream": Text("upstream provider", "上游提供者"),
}
UNITS: Final[Mapping[str, Text]] = {
    "working_days": Text("working days", "个工作日"),
    "calendar_days": Text("calendar days", "个自然日"),
    "months": Text("months", "个月"),
    "hours": Text("hours", "小时"),
}
ONE: Final[Mapping[str, Text]] = {
    "working_days": Text("working day", "个工作日"),
    "calendar_days": Text("calendar day", "个自然日"),
    "months": Text("month", "个月"),
    "hours": Text("hour", "小时"),
}
CALENDARS: Final[Mapping[str, Text]] = {
    "cn": Text("PRC calendar", "中国工作日历"),
    "us-federal": Text("US federal calendar", "美国联邦工作日历"),
    "eu": Text("EU calendar", "欧盟日历"),
    "plain": Text("plain days", "自然日"),
}
KINDS: Final[Mapping[str, Text]] = {
    "statutory_number": Text("the law's figure", "法定期限"),
    "statutory_relative": Text("the law, tied to another event", "法定，以另一事件为准"),
    "statutory_date": Text("the law's date", "法定日期"),
    "soft_standard": Text("the law's word, no figure", "法定标准，无具体期限"),
    "house_sla": Text("house figure", "平台自定时限"),
    "court_driven": Text("the court decides", "由法院决定"),
    "standing_rule": Text("standing rule", "持续性规则"),
}
BOUNDS: Final[Mapping[str, Text]] = {
    "no_later_than": Text("{}", "{}"),
    "not_before": Text("not before {}", "不早于{}"),
    "at_least": Text("at least {}", "不少于{}"),
}
MODES: Final[Mapping[str, Text]] = {
    "wait_then_end": Text(
        "The measures stay while a waiting period runs, and end when nobody proved suit or complaint in it.",
        "等待期内措施继续有效；期间无人证明已经起诉或者投诉的，措施终止。",
    ),
    "restore_immediately_bar_renotice": Text(
        "The item is restored at once, and the right holder may not notify the same item again.",
        "立即恢复；权利人不得就同一内容再次通知。",
    ),
    "wait_then_restore_window": Text(
        "The item is restored inside a window, not before its first and not after its last day, unless suit was proved before.",
        "在规定的时段内恢复，不早于起始日、不晚于截止日；此前已证明起诉的除外。",
    ),
    "reverse_on_merits": Text(
        "A person decides on the merits; nothing is restored by lapse of time.",
        "由人工根据实体理由决定；不因期间届满而恢复。",
    ),
    "none": Text(
        "Nothing was taken down, so nothing is restored.", "未采取下架措施，因而无恢复程序。"
    ),
}
NEEDS: Final[Mapping[str, Text]] = {
    "required": Text("required", "必须"),
    "optional": Text("optional", "可选"),
    "required_if": Text("required if", "在下列情形必须"),
}
SHOWS: Final[Mapping[str, Text]] = {
    "shown": Text("shown", "披露"),
    "masked": Text("masked", "遮盖"),
    "hidden": Text("hidden", "不披露"),
}
STEPS: Final[Mapping[str, Text]] = {
    "warn": Text("warn", "警示"),
    "restrict": Text("restrict", "限制功能"),
    "suspend": Text("suspend", "暂停服务"),
    "terminate": Text("terminate", "终止服务"),
}
CONFIDENCE: Final[Mapping[str, Text]] = {
    "read": Text("read in a public copy", "已核对公开文本"),
    "high": Text("not read, high", "未核对，较有把握"),
    "medium": Text("not read, medium", "未核对，把握中等"),
    "low": Text("not read, low", "未核对，把握较低"),
}
CASE_KINDS: Final[Mapping[str, Text]] = {
    "output_notice": Text("a notice about output", "针对生成内容的通知"),
    "training_complaint": Text("a complaint about training", "针对训练的投诉"),
}
SURFACES: Final[Mapping[str, Text]] = {
    "generation": Text("generation", "生成服务"),
    "storage": Text("storage and sharing", "存储与分享"),
    "link": Text("search and links", "搜索与链接"),
    "marketplace": Text("marketplace", "交易市场"),
}
RULES: Final[Mapping[str, Text]] = {
    "refuse_on_missing": Text(
        "A notice that stays incomplete may be declined", "仍不完整的可不予接受"
    ),
    "substantial": Text("Substantial compliance is enough", "实质合规即可"),
    "never_refuse": Text("Never refused for a missing element", "不因缺少要素而拒绝"),
}
TRANSITIONS: Final[Mapping[str, Text]] = {
    "keep": Text("Running cases stay under their version", "已受理案件适用原版本"),
    "apply_from_effective": Text(
        "A person may move a running case from the day this version is in force",
        "自本版本生效之日起，可由人工将已受理案件转入本版本",
    ),
    "apply_to_open_stage": Text(
        "A person may move a running case, and its open clocks are computed anew",
        "可由人工将已受理案件转入本版本，未届满的期间重新计算",
    ),
}
HEADS: Final[Mapping[str, Text]] = {
    "generated": Text(
        "Generated from the pack by `manage.py generate_docs`; do not edit. A paraphrase for engineers and lawyers, not "
        "legal advice: counsel confirms a pack before it goes into production.",
        "本页由`manage.py generate_docs`依据规则包生成，请勿手工修改。内容为释义，不构成法律意见；规则包投入使用前应由法律顾问确认。",
    ),
    "fact": Text("fact", "事项"),
    "value": Text("value", "内容"),
    "id": Text("pack and version", "规则包及版本"),
    "hash": Text("SHA-256 of the file", "文件SHA-256"),
    "case_kind": Text("kind of case", "案件类型"),
    "surfaces": Text("meant for", "适用服务"),
    "territories": Text("territories", "地域"),
    "in_force": Text("in force", "施行日期"),
    "zone": Text("days begin and end in", "时区"),
    "until": Text("until", "至"),
    "once": Text("shown once {}", "{}后披露"),
    "unread": Text("{} [{}]", "{}［{}］"),
    "colon": Text("{}: {}", "{}：{}"),
    "stop": Text("{}. {}", "{}。{}"),
    "brackets": Text("{} ({})", "{}（{}）"),
    "overrides": Text("house choices in force", "现行平台设置"),
    "rules_hash": Text("SHA-256 of the rules in force", "现行规则SHA-256"),
    "law": Text("Who does what, and when: the law", "何人何时应为何事：法律规定"),
    "house": Text("House figures: ours, not the law's", "平台自定时限：并非法定"),
    "house_intro": Text(
        "Where the law says “timely” and names no figure, the operator sets one and answers for it. Each may be changed "
        "by `REGIME_OVERRIDES`.",
        "法律仅规定“及时”等标准而无具体期限的，由平台自行设定时限并承担责任；均可通过`REGIME_OVERRIDES`调整。",
    ),
    "what": Text("what", "事项"),
    "after": Text("after", "起算事件"),
    "owes": Text("who", "义务人"),
    "length": Text("how long", "期限"),
    "kind": Text("kind", "性质"),
    "source": Text("source", "依据"),
    "rests_on": Text("Rests on", "依据"),
    "missed": Text("if missed", "逾期后果"),
    "stands_for": Text("stands for", "对应标准"),
    "cap": Text("never longer than {}", "最长不超过{}"),
    "extendable": Text("may be extended on a documented reason", "有书面理由的可以延长"),
    "notice": Text("What a notice contains", "通知的内容"),
    "counter": Text("What a counter-notice contains", "不侵权声明的内容"),
    "element": Text("element", "要素"),
    "need": Text("needed", "是否必须"),
    "means": Text("what it means", "说明"),
    "gaps": Text("If something is missing", "缺少要素时"),
    "way_back": Text("What a counter-notice does", "声明的效果"),
    "settings": Text("Lengths the operator may choose", "运营者可选择的期限"),
    "holds": Text("What stops it", "中止事由"),
    "told_right": Text("What the right holder is told", "告知权利人的内容"),
    "told": Text("Who is told what", "告知义务"),
    "event": Text("when", "时点"),
    "recipient": Text("to whom", "对象"),
    "content": Text("what", "内容"),
    "timing": Text("how soon", "时限"),
    "sees": Text("What each side sees", "各方可见信息"),
    "item": Text("item", "信息"),
    "side": Text("side", "一方"),
    "shown": Text("shown", "披露方式"),
    "why": Text("why", "理由"),
    "human": Text("What a person decides", "须由人工决定的事项"),
    "sanctions": Text("Repeated infringement and abuse", "重复侵权与滥用"),
    "exempt": Text("When the provider is not liable", "免责条件"),
    "refuse": Text("When nothing has to be done", "无须处理的情形"),
    "duties": Text("Kept, published, reported", "保存、公布与报告"),
    "transition": Text("When the law changes", "法律变更时"),
    "questions": Text("Open questions for counsel", "待法律顾问确认的问题"),
    "sources": Text("Sources", "依据及核对情况"),
    "confidence": Text("confidence", "核对情况"),
    "norm": Text("norm", "规范"),
}
