"""What the bot says about questions asked, votes and its own health: a part of texts.py, by the same rules."""

from __future__ import annotations

# Votes under answers
GOOD_BUTTON = "👍 有用"
BAD_BUTTON = "👎 不对"
VOTED_GOOD = "谢谢，记下了。"
VOTED_BAD = "谢谢，记下了，会有人来看。"
VOTE_GONE = "这条回答已经没有记录，投不了了。"
WHY_BAD = "哪里不对？直接发一句话告诉我们；不想说，接着提问就行。"
REASON_KEPT = "谢谢，记下了。接着问就行。"

# /forget
FORGOTTEN = "已经删掉您的 {count} 条提问记录，连同您的评价。今后的提问仍会记录（不记姓名，{days} 天后自动删除）。"
FORGOTTEN_NONE = "没有您的提问记录。"
NOT_KEPT = "这里不记录提问。"

# Lists for admins
IN_PRIVATE_ONLY = "提问记录请在私聊里看。"
UNANSWERED_TOP = "没有答上来的提问（{groups} 组，{count} 次）："
UNANSWERED_NONE = "没有答不上来的提问。"
TOP_TOP = "问得最多的（近 {days} 天）："
TOP_NONE = "还没有人提问。"
TOP_LINE = "{at}. {said}（{count} 次{missed}）\n"
MISSED = "，{count} 次没答上"
GROUP_LINE = "{at}. {said}\n"
GROUP_FACTS = "    {count} 次，最近 {when}"
GROUP_NEAREST = "；报告里最接近的：{nearest}"
ALIAS_BUTTON = "{at} 设为别名"
FIX_BUTTON = "{at} 写固定答复"
IGNORE_BUTTON = "{at} 忽略"
CANCEL_BUTTON = "取消"
FIXED_BUTTON = "固定答复（{count}）"
GROUP_GONE = "这一组已经没有了，列表可能变了。请重发 /unanswered。"
IGNORED = "好，“{said}”以后不再列出。"

COMPLAINTS_TOP = "被评为“不对”的回答（{count} 条）："
COMPLAINTS_NONE = "还没有回答被评为“不对”。"
COMPLAINT_QUESTION = "{at}. 问：{said}\n"
COMPLAINT_ANSWER = "    答：{answer}\n"
COMPLAINT_UNANSWERED = "    没有答上来\n"
COMPLAINT_REASON = "    理由：{reason}\n"
COMPLAINT_FACTS = "    把握 {score:.2f}，{edition}，{when}\n"
EDITION = "第 {number} 版"
NO_EDITION = "未编版"

# Making an alias
ALIAS_ASK = (
    "提问：{said}\n群众的叫法是“{name}”，报告里的正式说法是什么？请直接发来。"
    "\n如果叫法不是“{name}”，请发“叫法=正式说法”，如“车位=停车泊位”。"
)
ALIAS_NOT_IN_REPORTS = "报告里没有“{term}”这个说法，没有设。请换一个，或按“取消”。"
ALIAS_NO_HIT = "把“{name}”当作“{term}”，仍然答不上“{said}”，没有设。请换一个说法，或按“取消”。"
ALIAS_SAME = "“{term}”和叫法一样，没有设。请发报告里的正式说法。"
ALIAS_MADE = "设好了，马上生效：“{name}”就是报告里的“{term}”。现在这样回答“{said}”："
ALIAS_FILE = "别名文件要先改好：{fault}"

# Fixed answers
FIX_ASK = (
    "提问：{said}\n请发来答复。与报告原文一字不差的，会按原话引用并注明出处；否则会标明“管理员的话，不是报告原文”。"
)
FIX_LONG = "太长了，请控制在 {most} 字以内。"
FIX_MADE_QUOTE = "记下了，是报告里的原话。以后这样回答“{said}”："
FIX_MADE_OWN = "记下了，不是报告里的原话，会注明是管理员的话。以后这样回答“{said}”："
FIX_OWN = "管理员的话，不是报告原文"
FIXED_TOP = "固定答复："
FIXED_NONE = "没有固定答复。"
FIXED_LINE = "{at}. {question}\n    {text}\n"
FIXED_QUOTE = "（报告原话）"
FIXED_STALE = "（报告里已没有这句原话，暂停使用）"
UNFIX_BUTTON = "删除 {at}"
UNFIXED = "已删除。"

NOTHING_AWAITED = "好，不改了。"
LIST_ELSEWHERE = "这里看不到提问记录，请在 Telegram 里看，或在终端执行 youju export questions --csv。"
FORGET_ELSEWHERE = "这里没有提问记录。"

# /status
STATUS_LINES = {
    "version": "版本：{version}",
    "edition": "报告：{edition}，{reports} 份，数字 {metrics} 个",
    "uptime": "已运行：{uptime}；内存 {memory}",
    "updates": "消息：每分钟 {rate}；上一条在 {last}",
    "queues": "排队：待处理 {queue}，待发通知 {outbox}，待写记录 {log}",
    "answers": "作答用时：一半在 {p50} 内，99% 在 {p99} 内（近 {count} 次）",
    "replies": "从收到到发出：一半在 {p50} 内，99% 在 {p99} 内",
    "errors": "今天出错：{errors} 次",
    "runs": "下次定时：{runs}",
}
NEVER = "还没有"
AGO = "{ago}前"
NO_RUNS = "没有"
RUN = "{name} {when}"
UNKNOWN_FIGURE = "不详"
SPANS = (("天", 86400), ("小时", 3600), ("分", 60), ("秒", 1))

# Errors, for admins
ALARM = "出错了：{kind}\n代码 {code}。详情见附件；同类错误一小时内不再报。"
ALARM_FILE = "youju-{code}.txt"
NO_PICTURES = "画不成图（{error}）：先用文字作答；能画了会再说一声"
PICTURES_AGAIN = "又能画图了"
