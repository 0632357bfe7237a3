# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write src/havre/scenario/names/spellings.csv: how the words of names/*.toml are attested in Latin letters.

Reads the CC0 units of an open file of name pairs (``set, group, kind, a, b, label``; the ``wd_*`` sets are Wikidata
labels). Pairs whose two sides have as many words are cut into words; a word is kept where both sides are written
alike (a skeleton of consonants) and the same two words stand in at least two names. Full names are never kept.
Maghreb labels follow French spelling and count for France; the others follow English and count for Britain.

    python bench/scenario_names.py NAME_PAIRS.csv.gz
"""

import csv
import gzip
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "src/havre/scenario/names"
LEAST, MOST = 2, 12
HEAD = """\
# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: CC0-1.0
#
# Spellings of single name words, counted in Wikidata labels (CC0) by bench/scenario_names.py, which says how.
"""
SAME = str.maketrans(
    dict(zip("أإآٱىئؤةيكہۃھە", "ااااییوهیکهههه", strict=True)) | dict.fromkeys("ءًٌٍَُِّْـ\u200c", "")
)
ALIKE = [("ch", "S"), ("sh", "S"), ("dj", "j"), ("kh", "k"), ("gh", "g"), ("q", "k"), ("c", "k"), ("th", "t"),
         ("dh", "d"), ("ph", "f"), ("ts", "s"), ("z", "s"), ("v", "w"), ("g", "j"), ("x", "s")]  # fmt: skip
MAGHREB = "MAGHREB"


def key(word: str) -> str:
    """A native word without the marks that are written or not."""
    return word.translate(SAME).replace(" ", "")


def skeleton(latin: str) -> str:
    """The consonants of a Latin word, the alike ones made one."""
    plain = "".join(c for c in unicodedata.normalize("NFD", latin.lower()) if c.isascii() and c.isalpha())
    for seen, said in ALIKE:
        plain = plain.replace(seen, said)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyhw]", "", plain))


def words() -> dict[str, set[tuple[str, str]]]:
    """Key to the (native, heard) of every word of the tables."""
    found = defaultdict(set)
    for path in sorted(HERE.glob("*.toml")):
        for table in tomllib.loads(path.read_text("utf-8")).values():
            for heard, native in table.items():
                found[key(native)].add((native, heard))
    return found


def counted(pairs: Path) -> dict[tuple[str, str], Counter[str]]:
    """(native, shore) to spellings with how often they were seen."""
    known, seen = words(), defaultdict(Counter)
    with gzip.open(pairs, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["set"] != "wd_arab_latin" or row["label"] != "1":
                continue
            ours, latin = row["a"].split(), row["b"].replace("-", " ").split()
            if len(ours) != len(latin):
                continue
            shore = "france" if row["group"] == MAGHREB else "britain"
            for native_word, spelling in zip(ours, latin, strict=True):
                for native, heard in known.get(key(native_word), ()):
                    if skeleton(spelling) == skeleton(heard) and spelling.isalpha():
                        seen[native, shore][spelling] += 1
    return seen


def main() -> None:
    """Count and write."""
    seen = counted(Path(sys.argv[1]))
    with (HERE / "spellings.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("native", "shore", "spelling", "seen"))
        for (native, shore), spellings in sorted(seen.items()):
            least = max(LEAST, sum(spellings.values()) / 100)  # below: slips of the alignment
            kept = sorted((-n, s) for s, n in spellings.items() if n >= least)[:MOST]
            writer.writerows((native, shore, spelling, -n) for n, spelling in kept)


if __name__ == "__main__":
    main()
