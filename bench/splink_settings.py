# SPDX-FileCopyrightText: 2026 The Havre authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings with which Splink does best on our lists: ADR 15 tells which others were tried."""

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on
from splink.internals.blocking_rule_creator import BlockingRuleCreator

LEAST_BITS = -10
"""The match weight below which Splink's pairs are left out: noise, most of what it compares."""
ASCII, KEYS = "ascii", "keys"
"""Names as everybody would give them to Splink, or with Havre's keys as columns."""
PAIRED = 0.5
"""The share of links that are expected to have a partner."""
FREQUENCY = 0.5
"""How much of a value's rarity counts: with all of it, one rare word in common outweighs everything else."""


def _level(condition: str, frequency: str = "") -> cll.CustomLevel:
    """A level by its SQL; where a column is named, its values weigh by how rare they are."""
    level = cll.CustomLevel(condition, label_for_charts=condition)
    if frequency:
        level.configure(
            tf_adjustment_column=frequency,
            tf_adjustment_weight=FREQUENCY,
            disable_tf_exact_match_detection=True,
        )
    return level


def _shared(column: str, least: int) -> str:
    return f"len(list_intersect({column}_l, {column}_r)) >= {least}"


def _names_by_keys(who: str) -> cl.CustomComparison:
    skeleton, own, keys = f"{who}_skeleton", f"{who}_own", f"{who}_keys"
    same_own = f"{own}_l = {own}_r"
    either = f"({_shared(keys, 1)} OR {_crossed(who)})"
    return cl.CustomComparison(
        output_column_name=f"{who}_names",
        comparison_levels=[
            cll.NullLevel(skeleton),
            _level(f"{who}_ascii_l = {who}_ascii_r", f"{who}_ascii"),
            _level(f"{skeleton}_l = {skeleton}_r AND len({keys}_l) > 1", skeleton),
            _level(f"{same_own} AND {_shared(keys, 2)}", own),
            _level(_shared(keys, 2)),
            _level(f"jaro_winkler_similarity({skeleton}_l, {skeleton}_r) >= 0.92"),
            _level(same_own, own),
            _level(f"jaro_winkler_similarity({skeleton}_l, {skeleton}_r) >= 0.8"),
            _level(either),
            cll.ElseLevel(),
        ],
    )


def _crossed(who: str) -> str:
    """The other names of one among the names of the other."""
    return " OR ".join(
        f"coalesce(len(list_intersect({who}_other_keys_{one}, {who}_keys_{other})) >= 1, false)"
        for one, other in ("lr", "rl")
    )


def _names_in_ascii(who: str) -> cl.CustomComparison:
    column, own = f"{who}_ascii", f"{who}_own_ascii"
    return cl.CustomComparison(
        output_column_name=f"{who}_names",
        comparison_levels=[
            cll.NullLevel(column),
            _level(f"{column}_l = {column}_r", column),
            _level(_shared(f"{who}_words", 2)),
            _level(f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.92"),
            _level(f"{own}_l = {own}_r", own),
            _level(f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.85"),
            _level(_shared(f"{who}_words", 1)),
            _level(f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.7"),
            cll.ElseLevel(),
        ],
    )


def _birth(who: str) -> cl.CustomComparison:
    year = f"abs({who}_year_l - {who}_year_r)"
    return cl.CustomComparison(
        output_column_name=f"{who}_birth",
        comparison_levels=[
            cll.NullLevel(f"{who}_year"),
            _level(f"{who}_day_l = {who}_day_r"),
            *(_level(f"{year} <= {years}") for years in (0, 1, 2, 4, 8)),
            cll.ElseLevel(),
        ],
    )


def _place(column: str, *, by_keys: bool) -> cl.CustomComparison:
    near = (
        _shared(f"{column}_keys", 1)
        if by_keys
        else f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.88"
    )
    return cl.CustomComparison(
        output_column_name=f"{column}s",
        comparison_levels=[
            cll.NullLevel(column),
            _level(f"{column}_l = {column}_r", column),
            _level(near),
            cll.ElseLevel(),
        ],
    )


def _block_on_place(who: str, kind: str) -> BlockingRuleCreator:
    """A key of the name and one of the place in common."""
    columns = [f"{who}_keys", f"{who}_{kind}_keys"]
    return block_on(*columns, arrays_to_explode=columns)


def settings(names: str, links: int) -> SettingsCreator:
    """For lists of which the longer one has so many links; ``names`` is ASCII or KEYS."""
    by_keys = names == KEYS
    word = "key" if by_keys else "word"
    compared = _names_by_keys if by_keys else _names_in_ascii
    return SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=PAIRED / max(1, links),
        retain_matching_columns=False,
        additional_columns_to_retain=["person_id"],
        blocking_rules_to_generate_predictions=[
            block_on(f"both_{word}s", arrays_to_explode=[f"both_{word}s"]),
            block_on(f"c_{word}_pairs", arrays_to_explode=[f"c_{word}_pairs"]),
            block_on(f"r_{word}_pairs", arrays_to_explode=[f"r_{word}_pairs"]),
            *(block_on(f"{who}_phone") for who in "cr"),
            # A day of birth is never January 1st here: such blocks grow with the square of the list.
            *(block_on(f"{who}_day", f"{who}_nationality") for who in "cr"),
            *(_block_on_place(*pair) for pair in (("c", "birthplace"), ("r", "town")) if by_keys),
        ],
        comparisons=[
            *(compared(who) for who in "cr"),
            *(_birth(who) for who in "cr"),
            *(cl.ExactMatch(f"{who}_sex") for who in "cr"),
            cl.ExactMatch("c_nationality").configure(term_frequency_adjustments=True),
            _place("c_birthplace", by_keys=by_keys),
            _place("r_birthplace", by_keys=by_keys),
            _place("r_town", by_keys=by_keys),
            *(cl.ExactMatch(f"{who}_phone") for who in "cr"),
            cl.ExactMatch("generation"),
        ],
    )
