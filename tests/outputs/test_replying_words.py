"""What a person writes stays theirs, though programs and offices write much like it."""

import pytest

from intersession.outputs.rules.replying import Reply, Role, read
from tests.outputs.replies.corpus import drafts

OWN = [
    "This message is about confidential data held by regulators, which paragraph 9 forgets.",
    "Warning: paragraph 9 contradicts paragraph 4.",
    "Caution! I would not publish this.",
    "To unsubscribe from such rules is impossible for users, please say so.",
    "We discussed this on our mailing list\nand nobody agreed.",
    "Sent from my heart: thank you for this text",
    "Get outlook on life.",
    "With regards to paragraph nine\nI think it is fine\nand good",
    "De : quelle loi parle-t-on ?\nÀ : revoir.\nObjet : flou.",
    "Best\nof all would be to drop it",
    "Envoyé de bonne heure, ce texte aurait plu.",
    "| this is odd\nReally.",
    "Hello, no.",
    "See what Bob wrote on 12/11/2026:\nhe was right.",
    "See [1].\n\n[1] A. Author, A Book, 2024.",
    "1. First\n2. Second\n\n- third",
    "+1",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "From now on this is law.",
    "Это неверно:\nсм. выше.",
    "هذه الرسالة واضحة.",
    "本邮件没有意见。",
]
ENDS = {
    "-- \nNadia": Role.SIGNATURE,
    "Best regards,\nNadia Haddad\nwww.example.org": Role.SIGNATURE,
    "Bien cordialement\nNadia": Role.SIGNATURE,
    "Un saludo,\nNadia": Role.SIGNATURE,
    "С уважением,\nНадия": Role.SIGNATURE,
    "مع التحية،\nنادية": Role.SIGNATURE,
    "此致\n敬礼": Role.SIGNATURE,
    "Nadia": Role.SIGNATURE,
    "Sent from my iPhone": Role.FOOTER,
    "Envoyé de mon iPhone": Role.FOOTER,
    "Enviado desde mi iPad": Role.FOOTER,
    "Отправлено с iPhone": Role.FOOTER,
    "أُرسلت من الـ iPhone": Role.FOOTER,
    "发自我的 iPhone": Role.FOOTER,
    "Get Outlook for Android": Role.FOOTER,
    "Télécharger Outlook pour iOS": Role.FOOTER,
    "_" * 47 + "\ndcx mailing list\nhttps://lists.example.org/dcx": Role.FOOTER,
    "This e-mail and any attachments are confidential.": Role.DISCLAIMER,
    "Ce message est confidentiel et réservé à son destinataire.": Role.DISCLAIMER,
    "本邮件及其附件内容保密。": Role.DISCLAIMER,
}
GREETINGS = [
    "Dear all,", "Hi Piotr", "Bonjour à toutes et à tous,", "Estimada Leona:", "Добрый день!",
    "السلام عليكم،", "各位好：", "My comments are below.", "Mes commentaires sont ci-dessous :",
    "Мои комментарии ниже.", "意见见下。",
]  # fmt: skip


@pytest.mark.parametrize("text", OWN)
def test_words_like_those_of_programs_stay_a_comment(text: str) -> None:
    reading = read(Reply(text, "Nadia Haddad"), drafts()["open"])
    assert [piece.text for piece in reading.pieces] == [text]
    assert reading.left_off == ()


@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_a_mail_is_left_off_with_its_reason(end: str) -> None:
    reading = read(Reply(f"I agree with all of it.\n\n{end}\n", "Nadia Haddad"), drafts()["open"])
    assert [piece.text for piece in reading.pieces] == ["I agree with all of it."]
    assert [(left.text.strip(), left.reason) for left in reading.left_off] == [
        (end.strip(), ENDS[end])
    ]


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_mere_greeting_is_no_comment(greeting: str) -> None:
    reading = read(f"{greeting}\n\nI agree with all of it.", drafts()["open"])
    assert [piece.text for piece in reading.pieces] == ["I agree with all of it."]
    assert [left.reason for left in reading.left_off] == [Role.COURTESY]


ATTRIBUTIONS = [
    "On Sun, Nov 22, 2026 at 10:00 AM Drafts <d@example.org> wrote:",
    "On Sun, Nov 22, 2026 at 10:00 AM Drafts <\nd@example.org> wrote:",
    "Le dim. 22 nov. 2026 à 10:00, Drafts <d@example.org> a écrit :",
    "El dom, 22 nov 2026 a las 10:00, Drafts (<d@example.org>) escribió:",
    "вс, 22 нояб. 2026 г. в 10:00, Drafts <d@example.org>:",
    "22.11.2026 10:00, Drafts пишет:",
    "في الأحد، 22 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Drafts <d@example.org>:",
    "Drafts <d@example.org> 于2026年11月22日周日 10:00写道：",
    "在 2026/11/22 10:00, Drafts 写道:",
    "Drafts <d@example.org> wrote on 22/11/2026 10:00:00:",
    "* Drafts <d@example.org> [2026-11-22 10:00]:",
    "Drafts wrote:",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_the_line_above_a_quotation_is_nobodys_comment(line: str) -> None:
    text = f"I agree.\n{line}\n> [7] No application is slowed down because of what it is.\n\nYes."
    reading = read(text, drafts()["open"])
    assert [piece.text for piece in reading.pieces] == ["I agree.", "Yes."]
    assert [(left.text, left.reason) for left in reading.left_off] == [(line, Role.ATTRIBUTION)]
