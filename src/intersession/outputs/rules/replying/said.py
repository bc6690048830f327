"""
What mail programs and people write around their words, in the six languages of the UN.

Every pattern is matched against a line or a few joined ones of bounded length, and none repeats
within a repetition, so that no mail makes them slow.
"""

import re

LONGEST = 400
"""Signs of a line that are looked at."""

_WROTE = (
    r"(?:wrote|writes|said|a écrit|écrit|écrivait|escribió|escribio|ha escrito|написал(?:\(а\)|а)?"
    r"|пишет|писал(?:а)?|كتبت?|كتابة ما يلي|写道|寫道|写了|来信|schrieb|escreveu|ha scritto)"
)
_SAID_SO = re.compile(rf"{_WROTE}\b.{{0,160}}[:：]\s*$|{_WROTE}\s*$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_DATED = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|[٠-٩]{1,2}[:/][٠-٩]{2}")
_ADDRESSED = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")

RUN_ON = re.compile(
    rf"(\s*(?:on|le|el|am|в)\s.{{5,160}}?@[^:：]{{1,100}}?{_WROTE}\s?[:：])\s+(?=\S)", re.IGNORECASE
)
"""Such a sentence in one line with the beginning of what it quotes, as Yahoo's telephones write."""

ORIGINAL = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|forwarded message|message d['’]origine|message original"
    r"|message transféré|mensaje original|mensaje reenviado|исходное сообщение"
    r"|пересылаемое сообщение|الرسالة الأصلية|原始邮件|原始郵件|转发的?邮件|reply message)\s*-{2,}"
    r"|_{20,}|-{20,})\s*$",
    re.IGNORECASE,
)
"""The line above the head of an answered mail, which some programs write."""

_FROM = re.compile(
    r"[\s*]*(?:from|de|от|от кого|من|发件人|寄件者|von)\s?\*?[:：]\*?\s*\S", re.IGNORECASE
)
_FIELD = re.compile(
    r"[\s*]*(?:from|sent|date|to|cc|subject|reply[- ]to|importance|de|envoyé|date d['’]envoi|à|a"
    r"|objet|enviado(?: el)?|fecha|para|asunto|от|от кого|отправлено|дата|кому|копия|тема|من"
    r"|تاريخ الإرسال|تم الإرسال|أرسلت|التاريخ|إلى|نسخة|الموضوع|发件人|发送时间|日期|收件人|抄送"
    r"|主题|寄件者|收件者|主旨|von|gesendet|an|betreff)\s?\*?[:：]",
    re.IGNORECASE,
)

DELIMITER = re.compile(r"(?:--|—|__)\s*$")
"""The line above a signature; the blank after it is often lost on the way."""

LIST_FOOT = re.compile(
    r"\s*(?:_{10,}|-{10,}|={10,})\s*$|\s*you received this message because you are subscribed"
    r"|.{0,80}\bmailing list(?:\s*[-:].{0,80}|\s*)$|\s*to unsubscribe (?:from|send|,|visit)"
    r"|\s*(?:pour (?:se|vous) désabonner|para (?:darse de baja|cancelar la suscripción)"
    r"|чтобы отписаться|لإلغاء الاشتراك|如需退订|要退订)",
    re.IGNORECASE,
)

PROGRAM = re.compile(
    r"\s*(?:"
    r"sent (?:from|via|with|using) (?:my |the )?[\w .’'-]{2,60}"
    r"|(?:get|download|try|obtenez|télécharge[rz]|obtener|obtenga|descargar|скачать|загрузить"
    r"|получить|احصل على|تنزيل|获取|下载) outlook (?:for|pour|para|für|для|ل|的)[^,;]{1,40}"
    r"|(?:envoyé|expédié) (?:de|depuis|à partir d[eu]|avec|via) [^,;:]{2,40}"
    r"|enviado (?:desde|con|a través de) [^,;:]{2,40}"
    r"|отправлено (?:с|из|через|от) [^,;:]{2,40}"
    r"|(?:أ|ا)ُ?رسلت? من .{2,60}|مرسل(?:ة)? من .{2,60}|تم الإرسال من .{2,60}"
    r"|发(?:送)?自(?:我的)?\s?.{1,40}|從我的.{1,40}傳送|通过我的.{1,40}发送"
    r"|yahoo mail(?: on android| for iphone)?.{0,60}"
    r"|virus-free\.?.{0,60}|.{0,40}(?:avast|avg)\.com.{0,60}"
    r")\s*(?:<?https?://\S{1,200})?\s*$",
    re.IGNORECASE,
)
"""What a telephone or a web page writes below every mail."""

DISCLAIMER = re.compile(
    r"\W*(?:\[?external\]?(?: e?-?mail| sender| message)?\s*[:\]-]|caution\s*[:!]|warning\s*[:!]"
    r"|confidential(?:ity)?\b(?: notice| note|:)|disclaimer\s*[:.]?\s"
    r"|this (?:e-?mail|message|communication)\b.{0,120}"
    r"(?:confidential|privileged|intended (?:only|solely)|originated)"
    r"|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message).{0,120}"
    r"|if you (?:are not|have received) (?:the intended|this (?:e-?mail|message))"
    r"|ce (?:message|courriel|mail)\b.{0,160}confidentiel"
    r"|este (?:mensaje|correo)\b.{0,160}confidencial"
    r"|(?:это|настоящее|данное) (?:сообщение|письмо)\b.{0,160}конфиденциальн"
    r"|(?:هذه الرسالة|هذا البريد).{0,160}سري"
    r"|(?:本|此)(?:邮件|電郵|电子邮件).{0,120}(?:保密|机密|機密))",
    re.IGNORECASE | re.DOTALL,
)

OF_A_NOTICE = re.compile(
    r"recipient|addressee|attachment|intended|privileged|delete|originated|outside|links"
    r"|destinataire|joint|destinatari|adjunt|адресат|получател|предназнач|вложен"
    r"|المرسل إليه|مرفق|المستلم|收件人|附件|接收|指定|bitte|notice|disclaimer",
    re.IGNORECASE,
)
"""What a legal notice or a warning says besides, and who writes of such things does not."""

CLOSING = re.compile(
    r"\W*(?:(?:with )?(?:best|kind|warm|many|all the best)?\s*"
    r"(?:regards|wishes|greetings|thanks|cheers|best|sincerely|yours(?: sincerely| truly)?)"
    r"(?: and regards| a lot| again)?|thank you|sincerely yours|all the best|kindest regards|rgds"
    r"|(?:bien |très )?cordialement|bien à (?:vous|toi)|(?:bonne |belle )?journée|amicalement"
    r"|salutations(?: distinguées)?|merci(?: d['’]avance)?|sincères salutations"
    r"|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|atentamente|gracias"
    r"|un abrazo|с уважением|с наилучшими пожеланиями|спасибо|всего доброго"
    r"|(?:مع )?(?:خالص |أطيب |أصدق )?(?:التحية|التحيات|تحياتي|الشكر)(?: والتقدير)?"
    r"|(?:مع )?وافر الشكر|شكرا(?: جزيلا)?|والسلام عليكم.{0,30}"
    r"|此致(?:敬礼)?|敬礼|顺颂.{0,6}|祝好|谢谢|致以?.{0,4}问候|(?:mit )?(?:freundlichen )?grüßen?)"
    r"[\s,.!،，。！]*$",
    re.IGNORECASE,
)
"""A line that only ends a letter; the name follows."""

THANKS = re.compile(r"\W*(?:(?:many )?thanks|thank you|merci|gracias|спасибо|شكر|谢谢)", re.I)

GREETING = re.compile(
    r"\W*(?:(?:dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))\b"
    r"|bonjour|bonsoir|salut|ch[eè]re?s?\b|madame|monsieur|mesdames"
    r"|estimad[oa]s?\b|querid[oa]s?\b|hola|buen(?:os|as) (?:d[ií]as|tardes|noches)"
    r"|уважаем|здравствуйте|добрый (?:день|вечер)|доброе утро|дорог(?:ой|ая|ие)|привет|коллеги"
    r"|السلام عليكم|عزيز|أعزائي|تحية طيبة|مرحبا|السيد|الزملاء|سعادة"
    r"|尊敬的|您好|你好|大家好|各位|亲爱的)"
    r".{0,60}$",
    re.IGNORECASE,
)

POINTER = re.compile(
    r"\W*(?:(?:please )?(?:see|find)?\s*(?:(?:some|a few|my|our|brief|quick|minor|several)\s+)*"
    r"(?:comments?|remarks?|answers?|replies|thoughts|notes|responses?)\s+"
    r"(?:are |is |follow )?(?:in-?line|below|in the text|in text|interspersed|further down)"
    r"(?: below)?|(?:see |comments? |answers? |replies )?in-?line(?: comments?)?(?: below)?"
    r"|(?:mes|nos|quelques|voici mes)\s+(?:commentaires|remarques|réponses)\s+(?:sont\s+)?"
    r"(?:ci-dessous|dans le texte|en ligne)"
    r"|(?:mis|nuestros|algunos)\s+comentarios\s+(?:están\s+)?(?:abajo|más abajo|en el texto"
    r"|a continuación)"
    r"|(?:мои |наши )?(?:комментарии|замечания|ответы)\s+(?:ниже|в тексте|по тексту)"
    r"|(?:تعليقاتي|ملاحظاتي|ردودي)\s+(?:أدناه|في النص|ضمن النص)"
    r"|(?:我的)?(?:意见|评论|回复|看法)(?:见下|在下面|如下|见文中|见正文))"
    r"[\s.,:;!،。，：]*$",
    re.IGNORECASE,
)
"""A line that says only that the answers stand below."""

WORDING = re.compile(
    r"\W*(?:(?:suggested|proposed|alternative|new|revised|preferred)\s+"
    r"(?:wording|text|language|formulation|phrasing|version|reading|rewording)"
    r"|(?:formulation|rédaction|texte|libellé)\s+(?:proposée?|suggérée?|alternative)"
    r"|(?:proposition|suggestion) de (?:texte|formulation|rédaction|libellé)"
    r"|(?:redacción|texto|formulación|redaccion|formulacion)\s+"
    r"(?:propuest[ao]|sugerid[ao]|alternativ[ao])|propuesta de (?:texto|redacción)"
    r"|(?:предлагаемая|предлагаемый|предложенная|новая|новый)\s+"
    r"(?:формулировка|текст|редакция)|предлагаю формулировку"
    r"|(?:الصياغة|النص|صياغة|نص|الصيغة)\s+(?:المقترحة?|مقترحة?|البديلة?|الجديدة?)"
    r"|(?:建议|拟议|提议)(?:的)?(?:措辞|文本|文字|案文|修改为|改为|写法))"
    r"\s?[^\w\s]{0,2}\s?[:：]\W{0,3}",
    re.IGNORECASE,
)
"""How a line begins that gives wording; the wording follows on it or below."""

_NOUN = (
    r"(?:(?:on|re|regarding|concernant|sobre|sur|по|о|في|关于|bezüglich)\s*:?\s*)?"
    r"(?:the |le |el |la )?"
    r"(?:paragraphs?|paras?\.?|paragraphes?|par\.|párrafos?|parrafos?|абзац(?:ы|а|у|е|ам)?"
    r"|пункт(?:ы|а|у|е|ам)?|п\.|الفقرات|الفقرة|الفقرتان|فقرة|第|段落?|§{1,2}|¶{1,2})"
)
_RANGE = r"(\d{1,5})(?:\s*(?:-|–|—|to|and|à|et|a|y|до|и|إلى|و|至|到|和)\s*(\d{1,5}))?"
BRACKETED = re.compile(
    r"[\s*]*(?:(?:on|re|ad|sur|sobre|к|по|عن|关于)\s*:?\s*)?"
    r"\[(\d{1,5})\](?:\s*(?:[-–—,+&]|to|and|à|et|a|y|до|и|إلى|و|至|和)?\s*\[(\d{1,5})\])?"
    r"(?!\s*<?https?:)",
    re.IGNORECASE,
)
NAMED = re.compile(rf"[\s*]*{_NOUN}\s*\[?{_RANGE}\]?\s*段?(?![\w.]\d)", re.IGNORECASE)
NAMED_AND_DIVIDED = re.compile(rf"{NAMED.pattern}\s*(?:[:：.)—–،,，]|-\s|\s*$)", re.IGNORECASE)
"""How a person names a paragraph at the beginning of a passage."""

GAP = re.compile(
    r"[\s>]*(?:\[?\(?(?:\.{2,}|…|⋯|snip|cut|sniped|snipped)\)?\]?|<snip>|\[.{0,3}\])[\s>]*$"
)
"""A line of a quotation that says only that something was left out."""

NUMBERED = re.compile(r"\W{0,3}\[(\d{1,5})\]")
"""The printed number at the beginning of a quoted paragraph."""

POSTSCRIPT = re.compile(
    r"\W*(?:p\.?\s?s\.?|п\.?\s?с\.?|ملاحظة|又及|附言)\s*[:.：\s]", re.IGNORECASE
)


def is_attribution(text: str, *, beside_quote: bool) -> bool:
    """
    Test whether a line only says who wrote what is quoted next.

    Without a date or an address it does so only directly above a quotation, and in few words.
    """
    text = " ".join(text.split())[:LONGEST]
    if not (beside_quote or text.endswith((":", "："))):
        return False
    is_addressed = "@" in text and _ADDRESSED.search(text) is not None
    is_dated = _DATED.search(text) is not None
    if not (beside_quote or is_addressed or is_dated):
        return False
    has_said = _SAID_SO.search(text[-260:]) is not None
    if has_said and (is_addressed or (is_dated and (beside_quote or _OPENS.match(text)))):
        return True
    if beside_quote and has_said:
        return len(text.split()) <= 6
    has_clock = _CLOCK.search(text) is not None
    return text.endswith((":", "：")) and is_addressed and (has_clock or is_dated)


_OPENS = re.compile(
    r"\W*(?:on|le|el|am|em|il|в|во|от|at|in|于|在|في|يوم|\d{1,4}[-/. 年]"
    r"|(?:пн|вт|ср|чт|пт|сб|вс),)\b",
    re.IGNORECASE,
)


def attributed(above: list[str], *, beside_quote: bool) -> int:
    """
    Count the lines, from the nearest up, that together say who wrote what stands below them.

    As few as say so; but one that begins in the middle of its sentence goes on upward to where
    the sentence opens with its date.
    """
    for count in range(1, len(above) + 1):
        text = " ".join(reversed(above[:count]))
        if is_attribution(text, beside_quote=beside_quote and count == 1):
            return count if _OPENS.match(text) else _to_opening(above, count)
    return 0


def _to_opening(above: list[str], count: int) -> int:
    for more in range(count, min(len(above), count + 2)):
        if _OPENS.match(above[more]) and _DATED.search(above[more][:LONGEST]):
            return more + 1
    return count


def is_head(line: str, others: list[str]) -> bool:
    """Test whether a mail's head begins here: a line that names the writer, and two fields more."""
    if not _FROM.match(line[:LONGEST]):
        return False
    fields = [other for other in others if is_field(other)]
    return len(fields) >= 2 and any(_OF_A_HEAD.search(one[:LONGEST]) for one in [line, *fields])


_OF_A_HEAD = re.compile(r"@|\d")


def is_field(line: str) -> bool:
    """Test whether a line is one of the head of a mail, as programs write it above a quotation."""
    return _FIELD.match(line[:LONGEST]) is not None
