#!/usr/bin/python3
"""Fails where docs/errors.md and the codes in src/ differ.

Codes are read from the source as text, without a compiler. A code is a string literal in snake_case that stands in the
first two arguments of a call that raises one; of `a ? "x" : "y"` both count:

  refusals  Error::input, Error::usage, Error::environment, Error(ErrorKind::…), `refuse`, `refuse_unless_accepted`,
            `check` where its first argument is a literal, `unreadable.push_back`
  warnings  `warn`, `….warnings.push_back`, `….problems.push_back`, `add_once(….problems, …)`, `Warning{…}`, and
            `return {…}` of a function that returns a Warning; `refuse_unless_accepted` warns once it is accepted
  flags     `….flags.emplace_back`, `….flags.push_back`, `add_flag`, `NotGradable{…}`, `not_given`

A refusal whose code is neither a literal nor the parameter `code` of a helper is a fault too: it could not be checked.
The document has one table row a code, first cell `code` in backticks, under "## Refusals", "## Warnings" or "## Flags"
and there under the heading of a room that raises it. Exit status and --accept of a refusal are compared as well.
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
LITERAL = re.compile(r'"([a-z][a-z0-9_]*)"')
EXIT = {"usage": "2", "input": "3", "environment": "4", "internal": "5", "interrupted": "130"}

RAISES = [
    ("refusal", re.compile(r"\bError::(input|usage|environment)\s*\(")),
    ("refusal", re.compile(r"(?:\bError\s*(?:\w+\s*)?[({]|\breturn\s*\{)(?=\s*(?:base::)?ErrorKind::(\w+))")),
    ("refusal", re.compile(r"\brefuse(?:_unless_accepted)?\s*\(()")),
    ("refusal", re.compile(r'\bcheck\s*\((?=\s*")()')),
    ("refusal", re.compile(r"\bunreadable\.(?:push|emplace)_back\s*\((?!\{\{)()")),
    ("warning", re.compile(r"\b(?:warn|refuse_unless_accepted)\s*\(()")),
    ("warning", re.compile(r"\b(?:warnings|problems)_?(?:\.|->)(?:push|emplace)_back\s*\(()")),
    ("warning", re.compile(r"\badd_once\s*\((?=[^,]*problems)()")),
    ("warning", re.compile(r"\bWarning(?:\s+\w+)?\s*\{()")),
    ("warning", re.compile(r"\bWarning\s+\w+\([^)]*\)\s*(?:const\s*)?\{[^{}]*\breturn\s*\{()")),
    ("flag", re.compile(r"\bflags(?:\.|->)(?:push|emplace)_back\s*\(()")),
    ("flag", re.compile(r"\badd_flag\s*\(()")),
    ("flag", re.compile(r"\bNotGradable\s*\{()")),
    ("flag", re.compile(r"\bnot_given\s*\((?=[^;]*\{)()")),
]
ACCEPTED = re.compile(r'\b(?:refuse_unless_accepted|acceptable_by)\s*\(\s*"(\w+)"')


def without_comments(text: str) -> str:
    return TOKEN.sub(lambda t: " " if t[0].startswith(("//", "/*")) else t[0], text)


def arguments(text: str, start: int, most: int = 2):
    """The first arguments of the bracket that opens just before `start`; an inner {…} that leads is looked into."""
    found, depth, begin, at = [], 0, start, start
    while at < len(text) and len(found) < most:
        token = TOKEN.match(text, at)
        if token:
            at = token.end()
            continue
        char = text[at]
        if char == "{" and depth == 0 and not text[begin:at].strip():
            begin = at + 1  # {…} of an aggregate: its members count as the arguments
        elif char in "([{":
            depth += 1
        elif char in ")]}" and depth == 0:
            found.append(text[begin:at])
            break
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            found.append(text[begin:at])
            begin = at + 1
        at += 1
    return found


def codes_in(parts, kind, name):
    for part in parts:
        bare = re.sub(r"\b(\w+::)*\w+\([^()]*\)", lambda m: m[0] if m[0].startswith("std::string(") else "", part)
        if re.fullmatch(r'[^"]*|[^"]*"[a-z][a-z0-9_]*"[^"]*(?:"[a-z][a-z0-9_]*"\s*)?', bare) and LITERAL.search(bare):
            codes = LITERAL.findall(bare)
            if not (kind == "flag" and name == "not_given" and part is parts[0]):
                return codes
    return []


def raised(root: pathlib.Path):
    """(kind, code) → rooms; refusal → exits; codes that may be accepted; places that cannot be read."""
    rooms, exits = collections.defaultdict(set), collections.defaultdict(set)
    accepted, unread = set(), []
    for file in sorted([*root.rglob("*.h"), *root.rglob("*.cpp")]):
        text = without_comments(file.read_text())
        room = file.relative_to(root).parts[0]
        accepted.update(ACCEPTED.findall(text))
        for kind, pattern in RAISES:
            for match in pattern.finditer(text):
                start = match.end()
                parts = arguments(text, start)
                found = codes_in(parts, kind, re.match(r"\w+", match[0])[0])
                for code in found:
                    rooms[kind, code].add(room)
                    if kind == "refusal":
                        exits[code].add(EXIT[match[1] or "input"])
                passes_on = parts and re.search(r"\bcode\b|\bstd::string\b", " ".join(parts))
                if kind == "refusal" and not found and not passes_on and match[1] in EXIT:
                    unread.append(f"{file}:{text[:start].count(chr(10)) + 1}: the code of this refusal cannot be read")
    return rooms, exits, accepted, unread


def documented(document: pathlib.Path):
    """(kind, code) → (room, cells) of every row."""
    kinds = {"## Refusals": "refusal", "## Warnings": "warning", "## Flags": "flag"}
    kind = room = None
    rows, faults = {}, []
    for number, line in enumerate(document.read_text().splitlines(), 1):
        if line.startswith("## "):
            kind, room = kinds.get(line.strip()), None
        elif line.startswith("### "):
            room = line[4:].split()[0]
        row = re.match(r"\|\s*`(\w+)`\s*\|(.*)\|\s*$", line)
        if kind and row:
            if (kind, row[1]) in rows:
                faults.append(f"{document}:{number}: {kind} {row[1]} is listed twice")
            rows[kind, row[1]] = (room, [cell.strip() for cell in row[2].split("|")])
    return rows, faults


def faults(root: pathlib.Path):
    rooms, exits, accepted, unread = raised(root / "src")
    yield from unread
    document = root / "docs" / "errors.md"
    rows, doubled = documented(document)
    yield from doubled
    for kind, code in sorted(rooms.keys() - rows.keys()):
        yield f"{document}: {kind} {code} (src/{sorted(rooms[kind, code])[0]}) is missing"
    for kind, code in sorted(rows.keys() - rooms.keys()):
        yield f"{document}: {kind} {code} is listed, but nothing raises it"
    for (kind, code), (room, cells) in sorted(rows.items()):
        if (kind, code) not in rooms:
            continue
        if room not in rooms[kind, code]:
            yield f"{document}: {kind} {code} stands under {room}, but {sorted(rooms[kind, code])} raise it"
        if any(not cell for cell in cells):
            yield f"{document}: {kind} {code} has an empty cell"
        if kind == "refusal" and len(cells) == 4:
            if set(cells[0].replace(" or ", " ").split()) != exits[code]:
                yield f"{document}: {code} exits with {sorted(exits[code])}, not {cells[0]}"
            if cells[3].startswith("yes") != (code in accepted):
                yield f"{document}: whether --accept takes {code} is stated wrongly"
        elif kind == "refusal":
            yield f"{document}: {code} needs the cells exit, meaning, what to do, --accept"


def main() -> int:
    if sys.argv[1:] == ["--list"]:
        rooms, exits, accepted, _ = raised(ROOT / "src")
        for (kind, code), where in sorted(rooms.items()):
            print(kind, code, ",".join(sorted(where)), "/".join(sorted(exits[code])) if kind == "refusal" else "-",
                  "accept" if kind == "refusal" and code in accepted else "")
        return 0
    found = list(faults(ROOT))
    print("\n".join(found) if found else "codes: docs/errors.md lists every one")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
