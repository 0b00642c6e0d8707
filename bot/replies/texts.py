"""All that the bot says in words of its own. Short, kind, concrete, and with what to do next."""

from __future__ import annotations

# Pages and buttons
PAGE = "第 {at} / {of} 页"
PREVIOUS = "‹ 上一页"
NEXT = "下一页 ›"
PATH = " › "
SECTION_BUTTON = "本节全文"
COUNTY_BUTTON = "{place}还有什么"
CARD_BUTTON = "看图"
WHY_BUTTON = "为什么这样答"
ALL_REPORTS_BUTTON = "全部报告"
STALE = "这个按钮对应的内容已经更新，请重新问一次。发 /help 看能问什么。"
UNKNOWN_BUTTON = "这个按钮我不认识了，可能来自旧消息。请重新问一次，或发 /help。"

# Answers
NOT_FOUND = "这个问题，报告里没有说到，我就不答了。"
NEAR = "报告里相近的说法："
NOT_FOUND_HINT = "换个说法再问，或发“/search 关键词”查原文、发 /metrics 看全部数字。"
NO_REPORTS = "现在还没有可用的报告，请稍后再来。"
CUT = "问题有点长，我只看了前 {limit} 个字。"

# Greetings and what is no question
GREETING = "您好！报告里写了什么，我就答什么，每个答案都附原文。"
THANKS = "不客气。还想知道什么，直接问就好。"
FAREWELL = "再见，随时欢迎再来问。"
WHO = "我是“有据”：只根据收录的报告作答，数字、原话、出处一起给您；报告没说的，我不猜。"
TRY = "可以这样问："
EMPTY = "没有收到文字。请直接打字提问。"
EMPTY_IN_GROUP = "我在。叫我的时候带上问题就行，也可以直接回复我的消息。"
WORDLESS = "我只看得懂文字。请用一句话提问。"

# /start, /help
WELCOME = "您好，我是“有据”。报告里写了什么，我就答什么：数字、原话、出处一起给您；报告没说的，我不猜。"
HELP_TOP = "直接打字提问就行，例如："
HELP_COMMANDS = "也可以用这些指令（中文写法也行，如 /区县）："
HELP_EXAMPLE = "例：{example}"
HELP_ADMIN = "管理员指令："
UNKNOWN_COMMAND = "没有“{said}”这个指令。"
NEAREST_COMMAND = "是不是想发 {command}？{description}。"
HELP_HINT = "发 /help 看全部指令。"
ADMIN_ONLY = "这个指令只有管理员能用。"
NO_ADMINS = "现在还没有管理员。您的编号是 {id}：写进配置的 admins，再在终端执行 youju reload，您就是管理员。"
USAGE = "用法：{usage}"
EXAMPLE = "例如：{example}"

# Reports
REPORTS_TOP = "收录的报告（共 {count} 份）："
REPORTS_HINT = "发“/use 年份”只看某一年的，发“/use all”看全部。"
REPORT_FACTS = {
    "place": "地方",
    "body": "作报告的",
    "year": "年份",
    "author": "作者",
    "source": "来源",
    "published": "发表",
}
ORIGINAL = "原文网页"
USE_BUTTON = "只问这份"
SECTIONS_BUTTON = "目录"
METRICS_BUTTON = "全部数字"
TASKS_BUTTON = "主要任务"
USE_NOW = "现在只看这些报告："
USE_ALL_NOW = "现在看全部报告："
USING = "好，接下来只从这里作答："
USING_ALL = "好，接下来从全部 {count} 份报告里作答，同样的内容以最新的一份为准。"
USE_UNKNOWN = "没有找到“{words}”的报告。"
USE_HINT = "点下面的按钮选一份，或发“/use 年份”。"
CHOSEN_GONE = "（之前选的报告已不在库中，现在看全部报告。）"
FROM_OTHER = "（所选的报告里没有，这是另一份报告里的。）"

# Sections and tasks
SECTIONS_HINT = "发“/section 序号”看其中一节。"
NO_SECTIONS = "这份报告没有分节。"
SECTION_UNKNOWN = "没有第 {words} 节，这份报告共有 {count} 节。"
SECTION_UNNAMED = "没有叫“{words}”的一节。"
SECTIONS_SEE = "发 /sections 看目录。"
SECTION_FIGURES = "这一节的数字："
NO_TASKS = "这份报告没有单列下一步的任务。"

# Metrics
TARGET = "（目标）"  # what is planned, not reached
METRICS_TOP = "报告里的数字："
METRICS_OF = "与“{words}”有关的数字："
NO_METRICS = "报告里没有与“{words}”有关的数字。"
SEARCH_INSTEAD = "可以发“/search 关键词”查原文。"
NO_METRICS_AT_ALL = "这份报告里没有数字。"

# Counties
COUNTY_ASK = "想看哪里？"
COUNTY_NONE = "报告没有提到下面的区县。"
COUNTY_UNKNOWN = "报告里没有提到“{words}”。"
COUNTY_NEAREST = "是不是想问："
COUNTY_OTHERS = "报告提到的有："
COUNTY_FIGURES = "数字"
COUNTY_QUOTES = "原话"

# Search
SEARCH_NONE = "报告里没有查到“{words}”。"
SEARCH_TOP = "“{words}”在报告里的原话（{count} 处）："
SEARCH_MORE = "“{words}”在报告里的原话（前 {count} 处）："
SEARCH_NEAR = "报告里没有“{words}”这个词，意思相近的有："
SEARCH_HINT = "换个更短的词试试，或发 /sections 看目录。"

# Comparing
COMPARE_ONE = "“{words}”只有 {years} 年的，要有两个年份才能比较。"
COMPARE_WHAT = "想比哪个数字？例如“/compare 养老床位 2023 2024”。"
COMPARE_NONE = "没有找到可以比较的“{words}”。"
COMPARE_HINT = "先发“/metrics 关键词”看看报告里怎么说。"
COMPARE_MISSING = "没有对得上的说法。"
COMPARE_APART = "这两个数字说的未必是一回事，没有相减，请对照原话。"
COMPARE_UNITS = "单位不同（一个是“{old}”，一个是“{new}”），不能相减。"
COMPARE_LABELS = "两份报告的说法不完全一样，请对照原话。"
COMPARE_CHANGE = "变化："

# Pictures
CARD_NONE = "没有找到与“{words}”有关的数字，画不成图。可以发“/card 区县名”“/card 节的序号”，或只发 /card 看全文数字。"
CARD_NOTHING = "没有找到与“{words}”对应的数字，没有画图。"
CARD_SAVED = "图已存到 {path}"
CARD_FAILED = "图没有画成：{reason}"

# Why
WHY_NOTHING = "还没有答过问题。先问一个吧。"
WHY_TOP = "关于“{question}”："
WHY_NO_LINES = "没有记下更多理由。"

# Status, for admins
STATUS = "报告 {reports} 份，数字 {metrics} 个，提醒 {warnings} 条。"

# Subscribing
SUBSCRIBE_ASK = "想按时收到什么？"
WISHES = {"daily": "每日一数", "weekly": "每周数读", "both": "都要"}
SCHEDULED = {"daily": "每日一数", "weekly": "每周数读", "quiz": "数字竞猜"}
WISHED = {"daily": "每日一数{daily}", "weekly": "每周数读{weekly}", "both": "每日一数{daily}和每周数读{weekly}"}
SUBSCRIBED = "订好了：{what}会发到{place}。不想收了，发 /unsubscribe。"
QUIZ_TOO = "，还有数字竞猜{quiz}"
HERE = "这里"
THIS_TOPIC = "这个话题"
EVERY_DAY = "（每天 {clock}）"
EVERY_WEEK = "（每{days} {clock}）"
DAY_NAMES = {
    **{"mon": "周一", "tue": "周二", "wed": "周三", "thu": "周四", "fri": "周五", "sat": "周六", "sun": "周日"},
}
UNSUBSCRIBED = "已经退订。想再收，发 /subscribe。"
NOT_SUBSCRIBED = "这里没有订阅，不用退订。"
GROUP_ADMINS_DECIDE = "群里订不订，由群管理员决定。想自己收，可以私聊我发 /subscribe。"
UNSUBSCRIBE_BUTTON = "退订"
SUBSCRIBE_ELSEWHERE = "这里不能订阅，请在 Telegram 里发 /subscribe。"
UNSUBSCRIBE_ELSEWHERE = "这里没有订阅。在 Telegram 里发 /unsubscribe 可以退订。"
STATE_FAILED = "现在存不下来，请稍后再试。"

# What is sent by itself
DAILY_TITLE = "每日一数"
WEEKLY_TITLE = "每周数读"
OWN_WORDS = "以上由管理员发布，不是报告原文。"
PART = "（{at}/{of}）"

# Announcing, for admins
ANNOUNCE_ELSEWHERE = "这里不能群发，请在 Telegram 里发 /announce，或在终端执行 youju announce。"
ANNOUNCE_MENU = "想群发什么？可以从《{report}》里选。"
ANNOUNCE_WORDS = "要发自己的话，就发“/announce 内容”，换行会保留；也可以先发出内容，再用 /announce 回复那条消息。"
ANNOUNCE_METRICS = "勾选要发的数字（最多 {most} 个），然后按“预览”。"
ANNOUNCE_SECTION = "发哪一节？"
ANNOUNCE_COUNTY = "发哪个区县？"
PICK_BUTTONS = {"metrics": "选数字", "section": "选一节", "county": "选区县"}
PREVIEW_PICKED = "预览（已选 {count} 个）"
TOO_MANY = "最多选 {most} 个。"
PREVIEWED = "预览见下面。"
PREVIEW_ONE = "上面这条消息将原样发给 {chats} 个聊天。"
PREVIEW_MANY = "上面 {parts} 条消息将原样发给 {chats} 个聊天。"
PREVIEW_NOBODY = "还没有人订阅，现在发不出去。"
SEND_BUTTON = "发给 {chats} 个聊天"
CANCEL_BUTTON = "取消"
CANCELLED = "已取消，没有发出。"
HANDLED = "这条已经有人处理过了，不会重复发送。"
UNBORNE = "选中的内容与报告原文对不上，没有生成预览。"
PROGRESS = "正在发送：已发 {sent}，待发 {waiting}，失败 {failed}（共 {total} 个聊天）"
SENT_ALL = "发送完毕：共 {total} 个聊天，已发 {sent}，失败 {failed}。"
SENT_SOME = "已停止：共 {total} 个聊天，已发 {sent}，失败 {failed}，没有发 {cancelled}。"
PERHAPS = "另有 {unknown} 个不确定：发送时断了线，对方可能收到，也可能没收到。"
STOP_BUTTON = "停止发送"
AGAIN_BUTTON = "给不确定的 {unknown} 个补发"
INTERRUPTED = (
    "上次停机时，有 {count} 条消息正在发送，对方可能收到，也可能没收到；没有重发。\n聊天编号：{chats}\n"
    "今后若要自动重发，请在配置里设 [announcements] resend_unknown = true。"
)
INTERRUPTED_RESENT = "上次停机时，有 {count} 条消息正在发送，已按配置重发，个别人可能收到两遍。\n聊天编号：{chats}"

# Editions, for admins
RELOAD_ELSEWHERE = "这里不能重读报告，请在 Telegram 里发 /reload，或在终端执行 youju reload。"
NO_EDITIONS = "这里没有存下版本。"
STAGES = {
    "scanning": "正在看报告文件夹……",
    "reading": "正在读第 {done} / {of} 份：{name}",
    "reading_many": "正在读报告：{done} / {of} 份",
    "checking": "正在核对……",
    "writing": "正在写入……",
}
EDITION_NOW = "现在是第 {number} 版：报告 {reports} 份，数字 {metrics} 个。"
PUBLISHED = "已发布第 {number} 版：报告 {reports} 份，数字 {metrics} 个。"
UNCHANGED = "报告没有变化，仍是第 {number} 版：报告 {reports} 份，数字 {metrics} 个。"
ROLLED_BACK = "已退回第 {number} 版：报告 {reports} 份，数字 {metrics} 个。"
FOLDER_STAYS = "报告文件夹没有动；下次 /reload 会按文件夹重新发布。"
HELD = "还没有发布，第 {number} 版继续作答。要处理的有 {count} 处："
HELD_HINT_TERMINAL = "改好后再执行 youju reload；或者执行 youju reload --rest，不管这些先发布。"
HELD_HINT = "改好后再发 /reload；或者按“发布其余”，不管这些先发布。"
EMPTY_FOLDER = "没有发布，第 {number} 版继续作答：文件夹里没有一份读得了的报告。"
UNREADABLE_GO = "读不了的文件，连同它的旧版，都不会在新版里。"
REMARKS = "提醒："
MORE_LINES = "……等 {count} 处"
SETTINGS_NOW = "配置里的 {keys} 已经生效。"
SETTINGS_LATER = "配置里的 {keys} 要重启才生效。"
SETTINGS_WRONG = "配置有误，什么都没有改变。请改好后再发 /reload："
DIFFERENCE_NONE = "和现在的一样。"
DIFFERENCE_TOP = "变化："
REPORTS_ADDED = "新增报告："
REPORTS_GONE = "去掉报告："
REPORT_COUNTED = "（数字 {metrics} 个）"
REPORT_CHANGES = {"changed": "改动 {count} 个数字", "added": "新增 {count} 个数字", "gone": "去掉 {count} 个数字"}
TEXT_CHANGED = "文字有改动，数字没有变"
METRIC_CHANGED = "· {name}：{old} → {new}"
METRIC_ADDED = "＋ {name}：{new}"
METRIC_GONE = "－ {name}：{old}"
DIFFERENCE_BUTTON = "全部变化"
REST_BUTTON = "发布其余"
ANYWAY_BUTTON = "仍然发布"
PUBLISH_BUTTON = "发布"
DISCARD_BUTTON = "放弃"
PREVIEW_BUTTON = "看预览"
DISCARDED = "已放弃，什么都没有改变。"
EDITIONS_TOP = "最近的版本："
EDITION_LINE = "第 {number} 版{now}　{at}　{how}，{by}，{files} 份"
EDITION_IN_FORCE = "（现在用的）"
HOW = {"start": "启动时发布", "reload": "重读发布", "upload": "上传发布"}
ROLLBACK_BUTTON = "退回第 {number} 版"
ROLLBACK_USAGE = "用法：/rollback 版本号。发 /editions 看有哪些版本。"
ROLLBACK_SAME = "现在就是第 {number} 版。"
ROLLBACK_GONE = "没有存第 {number} 版。发 /editions 看有哪些版本。"
BUSY = "{name}正在{what}（{clock} 开始），请稍等一会儿再试。"
BUSY_AT = {"reload": "重读报告", "upload": "上传报告", "publish": "发布", "rollback": "退回旧版", "start": "启动"}
PREVIEW_STALE = "这份预览已经过期：它已处理过，或期间有别的版本发布。请重新发送。"
NOT_DONE = "没有做成，什么都没有改变：{reason}"

UNKNOWN_WISH = "听不懂：终端里的程序和正在运行的版本不同，请重启机器人。"
FAILED_SEE_LOG = "出了意外，什么都没有改变；详情在机器人的日志里。"

# Uploads, for admins
UPLOAD_ADMIN_ONLY = "报告由管理员上传。您可以直接打字提问。"
UPLOADING = "收到《{name}》，正在下载和试读……"
UPLOAD_REFUSED = "这个文件不能用：{reason}"
UPLOAD_FAILED = "文件没有下载成（{reason}），请再发一次。"
UPLOAD_UNNAMED = "文件没有名字；请带文件名重新发送。"
UPLOAD_TOP = "试读结果（还没有发布）："
UPLOAD_FACTS = "文件：{file}（{chars} 字）"
UPLOAD_TREE = "目录："
UPLOAD_METRICS = "数字 {count} 个："
UPLOAD_KEY = "主要数字："
UPLOAD_REPLACES = "发布后替换："
UPLOAD_NEW = "这是一份新报告，不替换别的。"
UPLOAD_UNKNOWN = "（没认出）"

# Where there is no report to take examples from
EXAMPLE_QUESTION = "新增城镇就业有多少人？"
EXAMPLE_PLACE = "区县名"
EXAMPLE_YEAR = "2024"

# The terminal
CHAT_TITLE = "有据 · 报告里写了什么，就答什么"
CHAT_MORE = "……共 {count} 份，发 /reports 看全部"
CHAT_HINT = "直接打字提问；输入编号按按钮；/help 看指令；Ctrl-D 离开。"
CHAT_NO_BUTTON = "没有 [{number}] 这个按钮。请看上一条回答下面的编号，或直接打字提问。"
CHAT_END = "再见。"

# Groups
SLOWLY = "问得有点密，让群里先缓一缓，过一会儿再问我；急的话可以私聊我。"
IN_PRIVATE = "在私聊中看全文"
NOT_ALL = "……（未完）"
HELP_IN_GROUP = "在群里，叫我（@{username}）、回复我或发指令（如 {example}）我才说话。全部指令请私聊我发 /help。"
OPEN_PRIVATE = "私聊我"

# Inline mode
OPEN_IN_PRIVATE = "在私聊中打开"
INLINE_NONE = "报告里没有直接说到，点这里私聊问我"
INLINE_COUNTY = "报告里说到{place}的全部内容"

# Links and sharing
SHARE_BUTTON = "分享"
BAD_LINK = "这个链接打不开，可能不完整。直接打字问我就行。"
STALE_LINK = "这个链接指的内容已经更新，请直接问我。"

# What Telegram lets the bot do, in the log and in /status
READS_ADDRESSED = "群消息：只收得到指令、@我的和回复我的（BotFather 的隐私模式开着，正合适）。"
READS_ALL = "群消息：所有消息都收得到（BotFather 的隐私模式已关），但只答叫到我的，其余不看不存。"
NOT_IN_GROUPS = "加群：不能被拉进群（向 BotFather 发 /setjoingroups 可以打开）。"
NO_INLINE = "内联：没有打开，“@{username} 关键词”用不了（向 BotFather 发 /setinline 可以打开）。"
INLINE = "内联：已打开，任何聊天里都可以打“@{username} 关键词”。"

# Before an answer to what was asked long ago, while the bot was away.
LATE = "（刚恢复，让您久等了。）\n"

# The quiz
QUIZ_QUESTION = "空格处是多少？\n{sentence}\n——{report}"
QUIZ_BLANK = "＿＿＿＿"
QUIZ_RIGHT = "答对了！"
QUIZ_WRONG = "不对，报告里是这样写的："
QUIZ_AGAIN = "再来一题"
NO_QUIZ = "报告里没有适合出题的数字。"
