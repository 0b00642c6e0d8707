"""What a button or a deep link opens: the action's keys are found again in the library now in force."""

from __future__ import annotations

from bot.answers.model import Evidence
from bot.replies import actions
from bot.replies.answers import metric_draft, quote_draft
from bot.replies.asking import why_draft
from bot.replies.catalogue import choose, report_draft, reports_draft
from bot.replies.chapters import section_draft, sections_draft, tasks_draft
from bot.replies.counties import place_draft, place_names
from bot.replies.desk import Chat, Desk
from bot.replies.editions import opened_edition
from bot.replies.figures import metrics_draft
from bot.replies.pages import Draft
from bot.replies.pictures import metric_card
from bot.replies.quiz import guessed_draft
from bot.replies.quotes import path_to, section_above
from bot.reports.model import Report, newest_first


def opened(desk: Desk, chat: Chat, action: actions.Action) -> Draft | None:
    """The draft behind an action; None where its report, edition, section, metric or place is no longer there."""
    match action:
        case actions.ListReports():
            return reports_draft(desk)
        case actions.UseReport(choice=actions.ALL):
            return choose(desk, chat, ())
        case actions.UseReport(choice=key) | actions.ShowReport(report=key):
            report = _report(desk, key)
            if report is None:
                return None
            return report_draft(report) if isinstance(action, actions.ShowReport) else choose(desk, chat, (report,))
        case actions.ListSections(report=key) | actions.ListMetrics(report=key) | actions.ShowTasks(report=key):
            report = _report(desk, key)
            return None if report is None else _listed(report, action)
        case (
            actions.ShowSection(edition=key)
            | actions.ShowMetric(edition=key)
            | actions.ShowCard(edition=key)
            | actions.ShowQuote(edition=key)
            | actions.Guess(edition=key)
        ):
            report = _edition(desk, key)
            return None if report is None else _shown(report, action)
        case actions.ShowCounty(place=key):
            return _place(desk, chat, key)
        case actions.ShowDifference() | actions.ShowPreview():
            return opened_edition(desk, chat, action)
        case actions.Why():
            return why_draft(desk, chat)
    return None


def _listed(report: Report, action: actions.Action) -> Draft:
    match action:
        case actions.ListSections():
            return sections_draft(report)
        case actions.ListMetrics():
            return metrics_draft((report,), "")
        case _:
            return tasks_draft(report)


def _shown(report: Report, action: actions.Action) -> Draft | None:
    match action:
        case actions.ShowSection(index=index) if index < len(report.sections):
            return section_draft(report, index)
        case actions.Guess(index=index, said=choice) if index < len(report.metrics):
            return guessed_draft(report, index, choice)
        case actions.ShowMetric(index=index) if index < len(report.metrics):
            return metric_draft(report, index)
        case actions.ShowCard(index=index) if index < len(report.metrics):
            return metric_card(report, index)
        case actions.ShowQuote(start=start, end=end) if start < end <= len(report.text):
            section = report.sections[section_above(report, start)]
            return quote_draft(Evidence(report, start, end, path_to(report, section)))
    return None


def _place(desk: Desk, chat: Chat, key: str) -> Draft | None:
    """Among the chat's reports first, then among all."""
    for reports in (desk.reports(chat), newest_first(desk.get_library().reports)):
        for name in place_names(reports):
            if actions.digest(name) == key:
                return place_draft(reports, name)
    return None


def _report(desk: Desk, key: str) -> Report | None:
    return next((report for report in desk.get_library().reports if actions.report_key(report) == key), None)


def _edition(desk: Desk, key: str) -> Report | None:
    """The report only in the very text that the button was made for."""
    report = _report(desk, key[:8])
    return report if report is not None and actions.edition_key(report) == key else None
