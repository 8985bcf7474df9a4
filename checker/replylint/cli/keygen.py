"""`replylint keygen`: a pair of keys for receipts."""

from __future__ import annotations

from pathlib import Path

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.options import lang_option
from replylint.cli.settings import language_here
from replylint.cli.telling import could_not
from replylint.cli.usage import WrongUsage
from replylint.receipts.keys import PrivateKey, new_key
from replylint.source.messages import Lang, say
from replylint.source.writing import create_file, not_written


@click.command()
@click.argument("path", metavar="[FILE]", default="replylint.key")
@lang_option
def keygen(path: str, lang: str | None) -> int:
    """Make a pair of keys: FILE signs receipts and is kept secret, FILE.pub verifies them and may be shown to anybody.

    \b
    replylint keygen
    replylint keygen ~/keys/replies.key
    """
    spoken = language_here(lang)
    secret, public = Path(path), Path(f"{path}.pub")
    for each in (secret, public):
        if each.exists() or each.is_symlink():
            raise WrongUsage("usage.already-there", {"path": str(each)})
    key = new_key()
    for file, content, private in ((secret, key.pem, True), (public, key.public.pem, False)):
        try:
            create_file(file, content, private=private)
        except FileExistsError as error:
            raise WrongUsage("usage.already-there", {"path": str(file)}) from error
        except OSError as error:
            return could_not(not_written(file, error), spoken)
    _tell(key, secret, public, spoken)
    return Exit.CLEARED


def _tell(key: PrivateKey, secret: Path, public: Path, lang: Lang) -> None:
    printing.line(say("receipts.secret-written", lang, {"path": str(secret)}))
    printing.line(say("receipts.public-written", lang, {"path": str(public)}))
    printing.line(say("receipts.key-id", lang, {"id": key.public.id}))
