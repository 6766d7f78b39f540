"""YAML read field by field, so that every complaint can name its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from rapidfuzz import fuzz, process

from knowledge.problems import Problem

# The same loader in C where PyYAML has it: ten times faster, same nodes and lines.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Complain = Callable[[int, str], None]

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST_FILE = 1_000_000
"""Bytes. More than a person writes in one file, and little enough to be read at once."""
_DEEPEST = 10
"""Fields within fields; ours need four. The YAML library falls over where they nest without end."""


class Written(NamedTuple):
    """A text that people will read, and where it stands."""

    file: str
    line: int
    part: str
    """What it is, to begin a complaint: "the question"."""
    text: str


class Fields:
    """One YAML mapping. Each reader complains where a value is missing or of the wrong kind, and goes on."""

    def __init__(self, node: yaml.MappingNode, complain: Complain, offset: int = 0) -> None:
        self._complain, self._offset = complain, offset
        self.line = node.start_mark.line + 1 + offset
        self._values: dict[str, yaml.Node] = {}
        self._keys: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1 + offset
            if not isinstance(key, yaml.ScalarNode):
                complain(line, "expected a plain word before the colon")
            elif key.value in self._values:
                complain(line, f"'{key.value}' is given twice")
            else:
                self._values[key.value] = value
                self._keys[key.value] = line

    def only(self, known: Iterable[str]) -> None:
        """Complain about fields that nobody reads: most often a slip of the pen."""
        known = tuple(known)
        for name, line in self._keys.items():
            if name not in known:
                self._complain(line, f"unknown field '{name}'; known are {', '.join(known)}")

    def names(self) -> list[str]:
        """The names of the fields, as written."""
        return list(self._values)

    def line_of(self, name: str) -> int:
        """The line of a field, or of the mapping where it is missing."""
        return self._keys.get(name, self.line)

    def has(self, name: str) -> bool:
        """Whether the field is given."""
        return name in self._values

    def text(self, name: str, *, required: bool = True) -> str:
        """A field that holds one text; empty where it is missing."""
        node = self._value(name, required)
        return "" if node is None else self._text(node, f"'{name}'")[0]

    def paragraphs(self, name: str, *, required: bool = True) -> str:
        """The same of a text that is shown as it is written, line by line."""
        node = self._value(name, required)
        whole = "" if node is None else self._text(node, f"'{name}'")[0]
        return str(node.value).strip() if whole and isinstance(node, yaml.ScalarNode) else whole

    def number(self, name: str) -> int:
        """A field that holds a whole number; 0 where it is missing."""
        node = self._value(name, True)
        if node is None:
            return 0
        if (
            isinstance(node, yaml.ScalarNode)
            and node.tag == "tag:yaml.org,2002:int"
            and node.value.isdecimal()
        ):
            return int(str(node.value))
        self._complain(self._keys[name], f"'{name}' must be a whole number")
        return 0

    def flag(self, name: str, *, required: bool = False) -> bool:
        """A field that holds true or false; False where it is missing."""
        node = self._value(name, required)
        if node is None:
            return False
        if not isinstance(node, yaml.ScalarNode) or node.value not in ("true", "false"):
            self._complain(self._keys[name], f"'{name}' must be true or false")
            return False
        return str(node.value) == "true"

    def texts(self, name: str, *, required: bool = True) -> list[tuple[str, int]]:
        """A field that holds a list of texts, each with its line; empty where it is missing."""
        node = self._value(name, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._complain(self._keys[name], f"'{name}' must be a list")
            return []
        read = [self._text(inner, f"each of '{name}'") for inner in node.value]
        if required and not read:
            self._complain(self._keys[name], f"'{name}' is empty")
        return [(text, line) for text, line in read if text]

    def pairs(self, name: str) -> dict[str, str]:
        """A field that maps texts to texts; may be missing."""
        node = self._value(name, False)
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._complain(self._keys[name], f"'{name}' must map terms to sentences")
            return {}
        inner = Fields(node, self._complain, self._offset)
        return {key: inner.text(key) for key in inner.names()}

    def mapping(self, name: str) -> Fields | None:
        """A field that holds named fields; may be missing."""
        node = self._value(name, False)
        if node is None or isinstance(node, yaml.MappingNode):
            return None if node is None else Fields(node, self._complain, self._offset)
        self._complain(self._keys[name], f"'{name}' must have named fields")
        return None

    def mappings(self, name: str) -> list[Fields]:
        """A field that holds a list of mappings; may be missing."""
        node = self._value(name, False)
        if node is None:
            return []
        found = []
        for child in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(child, yaml.MappingNode):
                found.append(Fields(child, self._complain, self._offset))
            else:
                self._complain(
                    child.start_mark.line + 1 + self._offset, f"each of '{name}' must have named fields"
                )
        return found

    def _value(self, name: str, required: bool) -> yaml.Node | None:
        node = self._values.get(name)
        if node is None and required:
            self._complain(self.line, f"'{name}' is missing")
        return node

    def _text(self, node: yaml.Node, what: str) -> tuple[str, int]:
        line = node.start_mark.line + 1 + self._offset
        if not isinstance(node, yaml.ScalarNode):
            self._complain(line, f"{what} must be a text")
        elif node.tag == "tag:yaml.org,2002:null" or not node.value.strip():
            self._complain(line, f"{what} is empty")
        elif node.tag != "tag:yaml.org,2002:str":
            self._complain(line, f"{what} must be a text; put {node.value} in quotes")
        else:
            return " ".join(node.value.split()), line
        return "", line


def read_fields(source: str, complain: Complain, offset: int = 0) -> Fields | None:
    """The mapping at the top of a YAML text, or None after a complaint. ``offset`` is added to all lines."""
    try:
        line = _unforeseen(source)
        if line is not None:
            complain(line + 1 + offset, "anchors, aliases and fields nested this deep aren't understood")
            return None
        node = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 1 + offset
        complain(
            line, f"not readable as YAML: {error.problem or error.context}; is a text with ': ' unquoted?"
        )
        return None
    except (yaml.YAMLError, RecursionError):
        complain(1 + offset, "not readable as YAML")
        return None
    if not isinstance(node, yaml.MappingNode):
        complain(1 + offset, "expected fields such as 'title: …'")
        return None
    return Fields(node, complain, offset)


def _unforeseen(source: str) -> int | None:
    """The line, from 0, where a text uses YAML that no file of a knowledge folder needs."""
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST or getattr(event, "anchor", None):
            return int(event.start_mark.line) if event.start_mark else 0
    return None


def collector(file: str, problems: list[Problem]) -> Complain:
    """A function that files complaints about one file."""
    return lambda line, message: problems.append(Problem(file, line, message))


def read_text(folder: Path, file: str, problems: list[Problem]) -> str | None:
    """The text of one file of a knowledge folder, or None after a complaint."""
    path = folder / file
    try:
        if path.exists() and not path.is_file():
            problems.append(Problem(file, 1, "is not a file"))
            return None
        if path.stat().st_size > LARGEST_FILE:
            message = f"has {path.stat().st_size:,} bytes; at most {LARGEST_FILE:,} are read"
            problems.append(Problem(file, 1, message))
            return None
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(file, line, "not written in UTF-8; save it with that encoding"))
    except FileNotFoundError:
        problems.append(Problem(file, 1, "is missing"))
    except OSError as error:
        problems.append(Problem(file, 1, f"can't be read: {error.strerror}"))
    return None


def unread(folder: Path, files: Iterable[str], parts: Iterable[str]) -> Iterator[Problem]:
    """What stands in ``folder`` and would be passed over without a word: a slip in a name, most often.

    ``files``, ``parts``: the names of the files and of the folders in it that are read.
    """
    files, parts = tuple(files), tuple(parts)
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        known = parts if path.is_dir() else files
        if path.name in parts and not path.is_dir():
            yield Problem(path.name, 1, "is not a folder")
        passed_over = path.is_dir() or path.suffix in (".yaml", ".yml", ".md")
        hidden = path.name.startswith((".", "_")) or _about(path)
        if passed_over and not hidden and path.name not in known:
            kind = "folders" if path.is_dir() else "files"
            near = process.extractOne(path.name, known, scorer=fuzz.ratio, score_cutoff=60)
            hint = f"did you mean {near[0]}?" if near else f"the {kind} here are {', '.join(known)}"
            yield Problem(path.name, 1, f"isn't read; {hint}")


def _about(path: Path) -> bool:
    """Whether it tells people about a folder, or is code beside it, and isn't part of what it holds."""
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.stem.upper() in ("README", "LICENSE", "LICENCE", "CHANGELOG")


def yaml_files(folder: Path, part: str, problems: list[Problem]) -> Iterator[tuple[str, Fields, Complain]]:
    """The YAML files in one part of a knowledge folder, which may lack it: name, fields, complaints."""
    place = folder / part
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        file = f"{part}/{path.name}"
        if path.name.startswith(".") or _about(path):
            continue
        if path.suffix != ".yaml" or not ID.fullmatch(path.stem):
            message = "a file here is named in small letters, digits and hyphens, and ends in .yaml"
            problems.append(Problem(file, 1, message))
            continue
        complain = collector(file, problems)
        source = read_text(folder, file, problems)
        fields = None if source is None else read_fields(source, complain)
        if fields:
            yield file, fields, complain
