"""Why this visit: the one sentence, the person's question, the rules that hold and those not."""

from collections import Counter
from datetime import date, timedelta

from diary.domain.entries import Episode, SitedSide
from diary.domain.findings import Finding, Level
from reports.domain.bands import FiredRule, Reasons
from reports.domain.looks import Looks
from reports.domain.rule_book import checked_rules, evidence_text, source_text, without_data
from reports.domain.sections.index import BLOCK_DAYS, Index, first_sites, span
from reports.domain.text_gate import visual_width
from reports.domain.words import LeadFacts, Words

MOST_RULES = 5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAD_WIDTH = 160
NEW_AFTER_DAYS = 14


def reasons(index: Index, looks: Looks, words: Words) -> Reasons:
    """Return the top band of page 1. Rules keep the order of the assessment, strongest first.

    Findings from "watch" up are listed as met; rules that could call for a visit and do not hold
    are listed as unmet, those with too little to judge by and those that failed as not checked. In
    a `diary_only` profile only emergency and urgent rules are checked.
    """
    findings, failed = index.diary.assessment.findings, index.diary.assessment.unchecked
    met = [finding for finding in findings if finding.level >= Level.WATCH]
    fired = {finding.rule for finding in findings}
    checked = checked_rules(diary_only=index.diary.person.diary_only)
    something = index.diary.days or index.diary.problem
    missing = without_data(looks) - {*fired, *failed} if something else frozenset()
    unjudged = tuple(rule for rule in checked if rule in missing)
    unmet = tuple(rule for rule in checked if rule not in {*fired, *missing, *failed})
    named = [(rule, words.rule(rule)) for rule in unmet]
    unasked = (words.failed(failed), words.not_checked(unjudged))
    return Reasons(
        lead=_lead(index, words),
        question=index.diary.problem.question if index.diary.problem else "",
        rules=tuple(_line(LETTERS[n], f, words) for n, f in enumerate(met[:MOST_RULES])),
        more=words.more_rules(len(met) - MOST_RULES),
        not_met=words.not_met(named) if something else words.nothing_to_check,
        not_met_short=words.not_met_short(unmet) if something else words.nothing_to_check,
        not_met_rules=unmet if something else (),
        not_checked=" · ".join(sentence for sentence in unasked if sentence),
        not_checked_rules=(*failed, *unjudged),
    )


def _line(letter: str, finding: Finding, words: Words) -> FiredRule:
    return FiredRule(
        letter=letter,
        rule=finding.rule,
        version=finding.version,
        level=finding.level.code,
        name=words.rule(finding.rule),
        evidence=evidence_text(finding, words),
        source=source_text(finding.rule),
    )


def _lead(index: Index, words: Words) -> str:
    facts = _facts(index)
    sentence = words.lead(facts)
    if visual_width(sentence) <= LEAD_WIDTH:
        return sentence
    return words.lead(_without_news(facts))


def _facts(index: Index) -> LeadFacts:
    diary = index.diary
    recent = diary.end - timedelta(days=BLOCK_DAYS) if diary.episodes else diary.start
    latest = span(index, max(diary.start, recent), diary.end)
    new_site, new_since, new_episodes = _new_site(diary.episodes)
    return LeadFacts(
        site=_main_site(index),
        running_days=_running_days(index),
        episodes=len(diary.episodes),
        twitch_days=sum(index.twitched_on(day) for day in latest.rate_days),
        rate_days=len(latest.rate_days),
        new_site=new_site,
        new_since=new_since,
        new_episodes=new_episodes,
        recorded_days=sum(day.observed for day in diary.days),
    )


def _without_news(facts: LeadFacts) -> LeadFacts:
    return LeadFacts(
        site=facts.site,
        running_days=facts.running_days,
        episodes=facts.episodes,
        twitch_days=facts.twitch_days,
        rate_days=facts.rate_days,
        recorded_days=facts.recorded_days,
    )


def _main_site(index: Index) -> SitedSide | None:
    counts = first_sites(index.diary.episodes)
    if counts:
        (site, side), _ = max(counts.items(), key=lambda item: (item[1], item[0][0]))
        return SitedSide(site=site, side=side)
    problem = index.diary.problem
    return problem.sites[0] if problem and problem.sites else None


def _running_days(index: Index) -> int | None:
    """Days from the earliest trustworthy date to the end of the period; None when unknown."""
    starts = [episode.local_date for episode in index.diary.episodes[:1]]
    problem = index.diary.problem
    if problem and problem.first_day_latest:
        starts.append(problem.first_day_latest)
    return (index.diary.end - min(starts)).days if starts else None


def _new_site(episodes: tuple[Episode, ...]) -> tuple[SitedSide | None, date | None, int]:
    """Return the most frequent place first named two weeks in, since when, and how often."""
    if not episodes:
        return None, None, 0
    late = episodes[0].local_date + timedelta(days=NEW_AFTER_DAYS)
    first_named: dict[SitedSide, date] = {}
    counts: Counter[SitedSide] = Counter()
    for episode in episodes:
        for sited in set(episode.sites):
            first_named.setdefault(sited, episode.local_date)
            counts[sited] += 1
    old = {sited.site for sited, day in first_named.items() if day < late}
    new = [sited for sited in first_named if sited.site not in old]
    if not new:
        return None, None, 0
    site = max(new, key=lambda sited: (counts[sited], sited.site, str(sited.side)))
    return site, first_named[site], counts[site]
