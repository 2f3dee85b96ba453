"""E-mail (``.eml``): the body as text, its date and subject as metadata; attachments are never opened."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from etl.errors import ReadError
from etl.model import Document
from etl.readers.page import parse
from etl.readers.plain import decode, document

SUFFIXES = (".eml",)


def read(path: Path, raw: bytes) -> list[Document]:
    """Return the message as one document; the plain part is preferred to the HTML part."""
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        text = _body(path, message)
        sent, title = _sent(message), str(message.get("subject", ""))
    except (LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise ReadError(str(path), "it is not a well-formed e-mail", "save the message anew as .eml") from error
    return [document(path, raw, text, title=title, metadata={"published": sent})]


def _body(path: Path, message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    content = decode(path, payload if isinstance(payload, bytes) else b"", part.get_content_charset() or "")
    return parse(content).text if part.get_content_subtype() == "html" else content


def _sent(message: EmailMessage) -> str:
    """Return the day on which the message says that it was sent, in ISO 8601, as its sender's clock read."""
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
