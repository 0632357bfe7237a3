# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns the weights of ``havre.engines.names`` from pairs of spellings: true ones and look-alikes.

    python -m bench.train_names NAME_PAIRS.csv.gz NAME_PAIRS_HARD.csv.gz [--keep]

Costs of steps and weights of features are learned together: align with what is known, see how wrong the probability
is, move all that it came from a little (logistic loss, Adam), again. They start from what the letter tables say and are
pulled towards it, so that what was hardly seen stays near it. ``forms.tsv`` is counted from the alignments.

Every name is in one of five parts, all spellings of it together. With ``--keep`` the first part is kept for
development: figures of names never seen; nothing is written. What a form is worth is always learned on names of which
no spelling was counted. ``nk_person`` is never read.
"""

import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.judge import rows_of
from bench.measures import rank
from havre.engines.names.alignment import Names
from havre.engines.names.coded import (
    FEATURES,
    INITIAL,
    KNOTS,
    MOST_TOKENS,
    NOTHING,
    ONE,
    ONE_FOR_TWO,
    OWN,
    TWO_FOR_ONE,
    TWO_FOR_TWO,
    WIDTH,
    WORST,
    Costs,
)  # fmt: skip
from havre.engines.names.encode import CLASSES, VOWELS, script, units
from havre.engines.names.forms import Forms
from havre.engines.names.kernel import compare_rows, memory, see, weighed
from havre.engines.names.kernel_features import knot_below, slot_length, word_features
from havre.engines.names.kernel_words import MOST_SUBSTITUTED, compiled, far_apart, slot_cost
from havre.engines.names.normalise import LETTERS, Script, fold
from havre.engines.names.spelling import HUNDREDTHS, TABLES, Alphabet, usual_groups

HERE = Path(__file__).parents[1] / "src/havre/engines/names"
WEIGHTS, FORMS_FILE = HERE / "weights.json", HERE / "forms.tsv"
PARTS = 5
FIRST_EPOCHS, EPOCHS = 3, 24
BATCH = 1024
RATE = 0.06
PULL = 5e-5  # of a cost towards what it began with, per bit and pair
RIDGE = 2e-5
SAME_WORD = 11.0  # bits of cost up to which two aligned words are counted as one name word
PLACED = (*"aeiouyäw", *"اويهحع", "h", "t")
COPIED = 8.0  # bits of another letter, or one less, between two spellings in Arabic script, before anything is seen
ARABIC, ETHIOPIC = TABLES.index("arabic-arabic"), TABLES.index("latin-ethiopic")
TOGETHER = 20  # how much more than to their beginning the costs of Ethiopic are pulled to those of Latin
LEAST_LEARNED = 0.25  # bits that a group of units must be off what it costs by its units, to be written
SMOOTH = 2e-4  # of the bends of a line between knots


@dataclass(frozen=True)
class Rows:
    """Pairs of names, with what is known of them."""

    a: list[str]
    b: list[str]
    sets: np.ndarray
    same: np.ndarray
    part: np.ndarray
    """(n, 2): of each of the two names."""


def read(paths: Iterable[Path]) -> Rows:
    """All pairs but the set that is never trained on."""
    rows = [row for path in paths for row in rows_of(path) if row["set"] != "nk_person"]
    a, b = [row["a"] for row in rows], [row["b"] for row in rows]
    same = np.array([row["label"] == "1" for row in rows])
    group = grouped_names(zip(a, b, strict=True), same)
    part = np.array([[part_of(group[fold(x)]), part_of(group[fold(y)])] for x, y in zip(a, b, strict=True)])
    return Rows(a, b, np.array([row["set"] for row in rows]), same, part)


def part_of(name: str) -> int:
    """One of the parts."""
    return zlib.crc32(name.encode()) % PARTS


def grouped_names(pairs: Iterable[tuple[str, str]], same: np.ndarray) -> dict[str, str]:
    """Folded name to one that stands for all its spellings."""
    leader: dict[str, str] = {}

    def of(name: str) -> str:
        leader.setdefault(name, name)
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for (a, b), one in zip(pairs, same, strict=True):
        x, y = of(fold(a)), of(fold(b))
        if one and x != y:
            leader[max(x, y)] = min(x, y)
    return {name: of(name) for name in list(leader)}


def grouped_units(alphabet: Alphabet) -> list[list[int]]:
    """Two units that may stand for one: those that write a unit of two letters, and what such a unit may be read as."""
    written = [(unit[0], unit[1]) for unit in alphabet.units if len(unit) == 2]
    heard = [(x, y) for x in "تطسکدجگزشقپ" for y in "حه"] + [
        ("د", "ز"),
        ("ت", "س"),
        ("ن", "ي"),
        ("د", "ج"),
        ("ک", "س"),
    ]
    index = alphabet.index
    return [[index[x], index[y]] for x, y in written + heard if x in index and y in index]


def start(names: Iterable[str]) -> tuple[Alphabet, Costs, list[list[int]]]:
    """What a reader of the letter tables would say before seeing a single pair."""
    words = {word for name in names for word in fold(name).split()}
    coded = [units(word) for word in words]
    counts = Counter(unit for word in coded for unit in word)
    known = ["", *sorted(unit for unit, n in counts.items() if n >= 5)]
    alphabet = Alphabet(known, [unit for unit in PLACED if unit in known])
    base = [name.strip("^$") for name in alphabet.names]
    size = len(base)
    change = np.full((size, size), 9.0, np.float32)
    breath, round_ = set("hحه") | {""}, set("wvuoو")
    heard = {frozenset((x, y)) for x, others in LETTERS["heard_as"].items() for y in others}
    for i, x in enumerate(base):
        for j, y in enumerate(base):
            if x == y:
                change[i, j] = -0.4
            elif set(CLASSES.get(x, "")) & set(CLASSES.get(y, "")):
                change[i, j] = 1.5
            elif (x in VOWELS and y in VOWELS) or {x, y} <= breath or {x, y} <= round_:
                change[i, j] = 2.0
            elif frozenset((x, y)) in heard:
                change[i, j] = 2.5
    easy = [2.5 if x in VOWELS or x in "hحهعو" else 8.0 for x in known]
    left_out = np.broadcast_to(np.array(easy, np.float32)[:, None], (len(TABLES), 2, len(known), 3)).copy()
    breathing = [i for i, x in enumerate(known) if x and x in "hحه"]
    left_out[:, :, breathing, 1] = 4.0
    tables = np.stack([change] * len(TABLES))
    # Two spellings in one other script than Latin: letters are not heard anew, they are copied.
    arabic = ~np.eye(size, dtype=bool)
    tables[ARABIC][arabic] = np.maximum(tables[ARABIC], COPIED)[arabic]
    left_out[ARABIC] = np.maximum(left_out[ARABIC], COPIED)
    groups = grouped_units(alphabet)
    group = np.zeros((size, size), np.int32)
    for g, (one, two) in enumerate(groups, 1):
        group[np.ix_(alphabet.placed[one], alphabet.placed[two])] = g
    many = usual_groups(tables, left_out, alphabet, groups)
    costs = Costs(alphabet.placed, tables, left_out, group, many, np.array([3.0], np.float32))
    return alphabet, costs, groups


@compiled()
def slope(weights, base, knots, value):
    """How much a line between knots rises at a value, bits per bit."""
    if value <= knots[0] or value >= knots[len(knots) - 1]:
        return 0.0
    at = knot_below(knots, value)
    return (weights[base + at + 1] - weights[base + at]) / (knots[at + 1] - knots[at])


class Learned(NamedTuple):
    """All that is learned, or the gradient of it."""

    change: np.ndarray
    left_out: np.ndarray
    grouped: np.ndarray
    swap: np.ndarray
    weights: np.ndarray


@compiled()
def trace(costs, base, table, one, x, two, y, best, by, gradient):
    """Adds ``by`` to each cost on the cheapest path of two slots, which ``fill`` has just found."""
    n, m = one.length[x], two.length[y]
    i, j = n, m
    while i or j:
        here = best[i, j] - 1e-4
        u, v = one.units[x, i - 1], two.units[y, j - 1]
        if i and j and here < best[i - 1, j - 1] + costs.change[table, u, v] < here + 2e-4:
            gradient.change[table, u, v] += by
            i, j = i - 1, j - 1
            continue
        if i and here < best[i - 1, j] + one.out[x, i - 1] < here + 2e-4:
            gradient.left_out[table, 0, base[u], 0 if i == 1 else 2 if i == n else 1] += by
            i -= 1
            continue
        if j and here < best[i, j - 1] + two.out[y, j - 1] < here + 2e-4:
            gradient.left_out[table, 1, base[v], 0 if j == 1 else 2 if j == m else 1] += by
            j -= 1
            continue
        g = one.group[x, i - 1] if i > 1 and j else 0
        if g and here < best[i - 2, j - 1] + costs.grouped[table, 0, g, v] < here + 2e-4:
            gradient.grouped[table, 0, g, v] += by
            i, j = i - 2, j - 1
            continue
        g = two.group[y, j - 1] if j > 1 and i else 0
        if g and here < best[i - 1, j - 2] + costs.grouped[table, 1, g, u] < here + 2e-4:
            gradient.grouped[table, 1, g, u] += by
            i, j = i - 1, j - 2
            continue
        gradient.change[table, u, two.units[y, j - 2]] += by
        gradient.change[table, one.units[x, i - 2], v] += by
        gradient.swap[0] += by
        i, j = i - 2, j - 2


@compiled()
def learn_slots(words, costs, best, base, a, i, join_a, b, j, join_b, cost, by, gradient):
    """Finds the readings of two words (or joins) that cost so much, and adds ``by`` to what they cost."""
    for reading in range(4):
        x, y = 4 * i + 2 * join_a + (reading & 1), 4 * j + 2 * join_b + (reading >> 1)
        if a.word[x] < 0 or b.word[y] < 0 or far_apart(a, x, b, y, MOST_SUBSTITUTED):
            continue
        if abs(slot_cost(words, costs, a, x, b, y, best) - cost) < 1e-4:
            coded = a.coded[x] - 1
            if coded & 1:
                trace(costs, base, coded >> 1, b, y, a, x, best, by, gradient)
            else:
                trace(costs, base, coded >> 1, a, x, b, y, best, by, gradient)
            return


@compiled()
def rise_of(words, wa, wb, s, k, worst, weights):
    """How much the bits of two names rise with the cost of slot k, bits per bit."""
    rarity = min(words.rarity[wa[k]], words.rarity[wb[s.to[k]]])
    rise = slope(weights, word_features(slot_length(words, wa, wb, s, k), rarity), KNOTS, s.cost[k])
    if k == worst:
        rise += slope(weights, WORST, KNOTS, s.cost[k])
    if k == 0 and s.to[k] == 0:
        rise += slope(weights, OWN, KNOTS, s.cost[k])
    return rise


@compiled()
def learn_rows(words, costs, weights, base, name_words, count, a, b, same, share, gradient, one, two, s):
    """Adds the gradient of the loss of some pairs."""
    for i in range(len(a)):
        see(words, costs, name_words, count, a[i], b[i], one, two, s)
        wa, wb, m = name_words[a[i]], name_words[b[i]], count[a[i]]
        total = weighed(s.row, weights)
        wrong = (1 / (1 + 2.0 ** -min(max(total, -40.0), 40.0)) - same[i]) * share[i]
        worst = NOTHING
        for k in range(WIDTH):
            gradient.weights[k] += wrong * s.row[k]
        for k in range(m):
            if s.to[k] >= 0 and s.how[k] != INITIAL and (worst < 0 or s.cost[k] > s.cost[worst]):
                worst = k
        for k in range(m):
            if s.to[k] < 0 or s.how[k] == INITIAL or abs(wrong) < 1e-5:
                continue
            join_a, join_b = s.how[k] in (TWO_FOR_ONE, TWO_FOR_TWO), s.how[k] in (ONE_FOR_TWO, TWO_FOR_TWO)
            by = wrong * rise_of(words, wa, wb, s, k, worst, weights)
            if by:
                learn_slots(
                    words, costs, s.table, base, one, k, join_a, two, s.to[k], join_b, s.cost[k], by, gradient
                )


class Adam:
    """The method of Kingma and Ba (2015), for several arrays."""

    def __init__(self, arrays: Sequence[np.ndarray], rates: Sequence[float]) -> None:
        self.arrays, self.rates = arrays, rates
        self.first = [np.zeros(each.shape) for each in arrays]
        self.second = [np.zeros(each.shape) for each in arrays]
        self.steps = 0

    def step(self, gradients: Sequence[np.ndarray], pace: float) -> None:
        """Moves all arrays in place."""
        self.steps += 1
        for array, rate, g, one, two in zip(
            self.arrays, self.rates, gradients, self.first, self.second, strict=True
        ):
            one += 0.1 * (g - one)
            two += 0.01 * (g * g - two)
            size = pace * rate / (1 - 0.9**self.steps)
            array -= (size * one / (np.sqrt(two / (1 - 0.99**self.steps)) + 1e-6)).astype(array.dtype)


def base_of(alphabet: Alphabet) -> np.ndarray:
    """(P,): unit of a unit by place."""
    base = np.zeros(len(alphabet.names), np.int32)
    for place in range(3):
        base[alphabet.placed[:, place]] = np.arange(len(alphabet.units))
    return base


def tie(gradient: Learned) -> None:
    """Tables of one script with itself are symmetric."""
    for table in (0, 3):
        gradient.change[table] = (gradient.change[table] + gradient.change[table].T) / 2
        gradient.left_out[table] = gradient.left_out[table].mean(axis=0)
        gradient.grouped[table] = gradient.grouped[table].mean(axis=0)


def first_weights() -> np.ndarray:
    """Of the features: a word that is near speaks for one name, a far one against."""
    weights = np.zeros(WIDTH, np.float32)
    for at, name in enumerate(FEATURES):
        kind, last = name.split(" ")[0], name.split(" ")[-1]
        if kind in ("word", "worst"):
            weights[at] = float(np.clip(2 - 0.4 * float(last), -3, 2)) * (0.4 if kind == "word" else 1)
    for name, bits in (("left on both", -7), ("left on one", -1.5), ("own missing", -1), ("always", -1.5)):
        weights[FEATURES.index(name)] = bits
    return weights


def sections() -> list[slice]:
    """The features that are knots of one line."""
    starts = [i for i, name in enumerate(FEATURES) if name.split(" ")[-1] in ("-6", "0") and is_knot(name)]
    kinds = [name.rpartition(" ")[0] for name in FEATURES]
    return [slice(i, i + kinds.count(kinds[i])) for i in starts if i == 0 or kinds[i - 1] != kinds[i]]


def is_knot(feature: str) -> bool:
    """Whether a feature is one knot of a line."""
    return feature.rpartition(" ")[2].replace(".", "").lstrip("-").isdigit()


SECTIONS = sections()


class Learner:
    """Costs and weights on their way."""

    def __init__(self, rows: Rows, used: np.ndarray) -> None:
        self.rows, self.used = rows, used
        self.alphabet, self.costs, self.groups = start(
            side[i] for side in (rows.a, rows.b) for i in np.flatnonzero(used)
        )
        self.base = base_of(self.alphabet)
        self.weights = first_weights()
        count = Counter(rows.sets[used].tolist())
        self.share = np.array([(4000 / max(1, count[each])) ** 0.5 for each in rows.sets])
        self.begun = [each.copy() for each in self.learned[:4]]
        self.adam = Adam(self.learned, [RATE, RATE, RATE, RATE / 2, RATE])
        self.blocks: list[tuple[np.ndarray, Names, np.ndarray, np.ndarray]] = []
        self.know({})

    @property
    def learned(self) -> Learned:
        """Every array that is learned."""
        return Learned(
            self.costs.change, self.costs.left_out, self.costs.grouped, self.costs.swap, self.weights
        )

    def know(self, counts: dict[int, Counter[tuple[str, str]]]) -> None:
        """Prepares the names of all rows anew; the forms of a row are those of the other parts."""
        self.blocks = []
        low, high = self.rows.part.min(axis=1), self.rows.part.max(axis=1)
        for x in range(PARTS):
            for y in range(x, PARTS):
                at = np.flatnonzero((low == x) & (high == y))
                forms: Counter[tuple[str, str]] = Counter()
                for part, found in counts.items():
                    if part not in (x, y):
                        forms.update(found)
                names = self.names(at, Forms(forms))
                a, b = (
                    np.array([names.index[side[i]] for i in at.tolist()], np.int64)
                    for side in (self.rows.a, self.rows.b)
                )
                self.blocks.append((at, names, np.minimum(a, b), np.maximum(a, b)))

    def names(self, at: np.ndarray, forms: Forms) -> Names:
        """The names of some rows."""
        both = sorted({side[i] for side in (self.rows.a, self.rows.b) for i in at.tolist()})
        return Names(both, alphabet=self.alphabet, forms=forms)

    def forms(self) -> dict[int, Counter[tuple[str, str]]]:
        """Part to how often each spelling was seen for each form, in the true pairs that are used."""
        counts: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
        seen = set()
        for at, names, a, b in self.blocks:
            kept = self.used[at] & self.rows.same[at]
            at, a, b = at[kept], a[kept], b[kept]
            found = self.compare(names, a, b)
            ways = (found[1] != NOTHING) & (found[2] == ONE) & (found[3] < SAME_WORD)
            for row, slot in zip(*np.nonzero(ways), strict=True):
                words = names.words[a[row]][slot], names.words[b[row]][found[1][row, slot]]
                spelling, form = sorted(words, key=lambda word: script(word) is not Script.LATIN)
                if script(form) is Script.LATIN:
                    continue
                part = int(self.rows.part[at[row], 0])
                key = (part, spelling, form, min(int(a[row]), int(b[row])))
                if key not in seen:
                    seen.add(key)
                    counts[part][spelling, form] += 1
                    counts[part][form, form] += 1
        return counts

    def compare(self, names: Names, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...]:
        """Bits and alignments."""
        n = len(a)
        out = (
            np.zeros(n, np.float32),
            np.zeros((n, MOST_TOKENS), np.int8),
            np.zeros((n, MOST_TOKENS), np.int8),
        )
        cost = np.zeros((n, MOST_TOKENS), np.float32)
        compare_rows(
            names.lexicon.coded, self.costs, self.weights, names.single, names.count, np.arange(n), a, b, out[0],
            np.zeros(n, np.bool_), np.zeros(n, np.bool_), out[1], out[2], cost, *memory(),
        )  # fmt: skip
        return (*out, cost)

    def bits(self) -> np.ndarray:
        """(n,): of all rows."""
        bits = np.zeros(len(self.rows.a), np.float32)
        for at, names, a, b in self.blocks:
            bits[at] = self.compare(names, a, b)[0]
        return bits

    def learn(self, epochs: int, seed: int) -> None:
        """So many times over all rows that are used."""
        random = np.random.default_rng(seed)
        steps = [
            (block, kept[at : at + BATCH])
            for block, (rows, *_) in enumerate(self.blocks)
            for kept in [random.permutation(np.flatnonzero(self.used[rows]))]
            for at in range(0, len(kept), BATCH)
        ]
        for epoch in range(epochs):
            pace = 1.0 if epoch < epochs / 2 else 2 * (1 - epoch / epochs)
            for step in random.permutation(len(steps)):
                self.step(*steps[step], pace)
            self.refresh()
            print(f"... learned {epoch + 1} of {epochs}", file=sys.stderr, flush=True)

    def learn_all(self) -> dict[int, Counter[tuple[str, str]]]:
        """First the costs, then the forms by what they align, then all together; returns the forms of each part."""
        self.learn(FIRST_EPOCHS, seed=1)
        counts = self.forms()
        self.know(counts)
        self.learn(EPOCHS, seed=2)
        return counts

    def refresh(self) -> None:
        """Gives groups of units that were never seen what they cost by the costs of their units."""
        usual = usual_groups(self.costs.change, self.costs.left_out, self.alphabet, self.groups)
        unseen = self.adam.second[2] == 0
        self.costs.grouped[unseen] = usual[unseen]
        self.begun[2][unseen] = usual[unseen]

    def step(self, block: int, kept: np.ndarray, pace: float) -> None:
        """One move, from some rows of one block."""
        at, names, a, b = self.blocks[block]
        now = self.learned
        gradient = Learned(*(np.zeros(each.shape) for each in now))
        learn_rows(
            names.lexicon.coded, self.costs, self.weights, self.base, names.single, names.count,
            a[kept], b[kept], self.rows.same[at[kept]].astype(np.float64), self.share[at[kept]], gradient, *memory(),
        )  # fmt: skip
        for each, value, begun in zip(gradient[:4], now[:4], self.begun, strict=True):
            each += PULL * len(kept) * (value - begun)
        for each, value in zip(gradient[:2], now[:2], strict=True):
            # There are few Ethiopic pairs, and Ethiopic is read into Latin units.
            each[ETHIOPIC] += PULL * TOGETHER * len(kept) * (value[ETHIOPIC] - value[0])
        for section in SECTIONS:
            bends = np.diff(self.weights[section], 2)
            gradient.weights[section] += SMOOTH * len(kept) * np.convolve(bends, (1, -2, 1))
        gradient.weights[:] += RIDGE * len(kept) * self.weights
        tie(gradient)
        self.adam.step([each / len(kept) for each in gradient], pace)


def judge(rows: Rows, bits: np.ndarray, kept: np.ndarray, title: str) -> None:
    """Prints a line a set and their mean."""
    found = {}
    for name in sorted(set(rows.sets)):
        here = kept & (rows.sets == name)
        found[name] = rank(bits[here], rows.same[here])
        count = f"n {here.sum():6} true {rows.same[here].sum():5}"
        print(f"{title:12} {name:22} {count} ap {found[name].ap:.4f} r95 {found[name].recall:.4f}")
    plain = [ranking.ap for name, ranking in found.items() if not name.startswith("hard")]
    print(f"{title:12} mean of seven {np.mean(plain):.4f}", flush=True)


def written(learner: Learner) -> dict[str, Any]:
    """The parts of ``weights.json``."""

    def hundredths(values: np.ndarray) -> Any:
        return np.round(values.astype(float) * HUNDREDTHS).astype(int).tolist()

    costs, alphabet, groups = learner.costs, learner.alphabet, learner.groups
    usual = usual_groups(costs.change, costs.left_out, alphabet, groups)
    learned = np.argwhere(np.abs(costs.grouped - usual) > LEAST_LEARNED)
    return {
        "spelling": {
            "units": alphabet.units,
            "placed": [unit for unit in PLACED if unit in alphabet.units],
            "groups": groups,
            "change": hundredths(costs.change),
            "left_out": hundredths(costs.left_out),
            "grouped": [
                [*map(int, at), int(hundredths(costs.grouped[tuple(at)]))] for at in learned if at[2]
            ],
            "swap": int(hundredths(costs.swap[0])),
        },
        "compare": {
            name: round(float(weight), 2) for name, weight in zip(FEATURES, learner.weights, strict=True)
        },
    }


def never_seen(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Bits of all rows by what was learned without the first part, and which rows are of that part, (n,) each."""
    learner = Learner(rows, (rows.part != 0).all(axis=1))
    learner.learn_all()
    return learner.bits(), rows.part[:, 0] == 0


def main() -> None:
    """Learns, judges, and writes unless a part is kept."""
    rows = read(Path(path) for path in sys.argv[1:] if not path.startswith("--"))
    if "--keep" in sys.argv:
        judge(rows, *never_seen(rows), "never seen")
        return
    learner = Learner(rows, np.ones(len(rows.a), bool))
    counts = learner.learn_all()
    judge(rows, learner.bits(), learner.used, "learned")
    WEIGHTS.write_text(json.dumps(written(learner), ensure_ascii=False, separators=(",", ":")) + "\n", "utf8")
    by_form = defaultdict(list)
    for (spelling, form), count in sorted(sum(counts.values(), Counter()).items()):
        by_form[form].append(f"{spelling} {count}")
    lines = ["\t".join([form, *spellings]) for form, spellings in sorted(by_form.items())]
    FORMS_FILE.write_text("\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
