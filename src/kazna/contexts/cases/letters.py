"""What people are told at each step of a case: what happened, why, what next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from kazna.contexts.cases.contracts import DecisionKind
from kazna.contexts.cases.models import Case, Decision
from kazna.contexts.cases.models_appeals import Appeal
from kazna.contexts.cases.policies import ASKED, last_day_of
from kazna.contexts.cases.wording import long_day, sum_of, term
from kazna.contexts.measures.contracts import Right
from kazna.contexts.notifications.public import NewNotice
from kazna.contexts.registers.contracts import PersonCard
from kazna.events.cause import Cause
from kazna.kernel.money import roubles_and_kopecks
from kazna.plumbing import tunables
from kazna.plumbing.declension import in_genitive
from kazna.plumbing.tunables import Tunable

Cards = Mapping[object, PersonCard]

TITLES = {
    DecisionKind.GRANT: "Назначено: {title}",
    DecisionKind.REFUSE: "Не назначено: {title}",
    DecisionKind.CHANGE: "Изменено: {title}",
    DecisionKind.STOP: "Прекращено: {title}",
    DecisionKind.SUSPEND: "Приостановлено: {title}",
    DecisionKind.RESUME: "Возобновлено: {title}",
    DecisionKind.CORRECT: "Исправлено: {title}",
}
CHANGED = {
    DecisionKind.CHANGE: "размер или срок изменились",
    DecisionKind.CORRECT: "исправлена ошибка в размере или сроке",
    DecisionKind.RESUME: "выплата возобновлена",
}
tunables.declare(
    Tunable(
        "appeal_words",
        "Как не согласиться: конец письма об отказе и прекращении",
        "Если вы не согласны, откройте решение и нажмите «Подать жалобу»: его посмотрит другой сотрудник. "
        "Можно и в суд.",
        is_guarded=True,
    ),
    Tunable(
        "court_words",
        "Как пойти в суд: конец письма о неудавшейся жалобе",
        "Вы можете обратиться в суд в течение трёх месяцев (глава 22 Кодекса административного судопроизводства РФ).",
        is_guarded=True,
    ),
)


def decision_letter(
    decision: Decision, right: Right | None, cards: Cards, cause: Cause, email: str | None
) -> NewNotice:
    """The notice of a decision; its key is the decision's number."""
    return NewNotice(
        recipient_id=decision.recipient_id,
        key=f"decision:{decision.number}",
        title=TITLES[DecisionKind(decision.kind)].format(title=right.short_title if right else decision.title),
        happened=_happened(decision, right, cards),
        why=_why(decision, right),
        next_step=_next_step(decision, right),
        link=f"/decisions/{decision.id}/",
        on=decision.on,
        cause=cause,
        email=email,
    )


def indexed_letter(decision: Decision, cause: Cause, email: str | None) -> NewNotice:
    """The sum has grown; nothing is wanted of the person."""
    period = decision.ground["period"]
    was, now = sum_of(decision.ground["was_kopecks"], period), sum_of(decision.amount_kopecks or 0, period)
    return NewNotice(
        recipient_id=decision.recipient_id,
        key=f"decision:{decision.number}",
        title=f"Увеличено: {decision.title}",
        happened=f"С {long_day(decision.first_day)}: было {was}, стало {now}. {_differences(decision)}".strip(),
        why=decision.reason,
        next_step="Ничего делать не нужно: новый размер придёт с ближайшей выплатой.",
        link=f"/decisions/{decision.id}/",
        on=decision.on,
        cause=cause,
        email=email,
    )


def appeal_filed_letter(appeal: Appeal, cause: Cause) -> NewNotice:
    """The complaint is registered."""
    return NewNotice(
        recipient_id=appeal.recipient_id,
        key=f"appeal:{appeal.id}",
        title=f"Жалоба принята: {appeal.title}",
        happened=f"Решение № {appeal.decision_number} посмотрит другой сотрудник.",
        why="Жалобу рассматривают за 15 рабочих дней (210-ФЗ, статья 11.2).",
        next_step=f"Ждите ответа не позже {long_day(appeal.due_on)}. Документы приносить не нужно.",
        link=f"/decisions/{appeal.decision_id}/",
        on=appeal.filed_on,
        cause=cause,
        email=None,
    )


def appeal_answered_letter(appeal: Appeal, cause: Cause) -> NewNotice:
    """What the second look ended with."""
    is_won = appeal.state == "overturned"
    return NewNotice(
        recipient_id=appeal.recipient_id,
        key=f"appeal_answer:{appeal.id}",
        title=f"Ответ на жалобу: {appeal.title}",
        happened=f"Решение № {appeal.decision_number} "
        + ("отменено, вместо него принято новое." if is_won else "оставлено в силе."),
        why=appeal.reason,
        next_step="Новое решение уже в вашем кабинете." if is_won else tunables.value("court_words"),
        link=f"/decisions/{appeal.new_decision_id or appeal.decision_id}/",
        on=appeal.decided_on or appeal.filed_on,
        cause=cause,
        email=None,
    )


def offer_letter(case: Case, right: Right, cards: Cards, cause: Cause, email: str | None) -> NewNotice:
    """One click is wanted. The key names the case: it is offered once."""
    text = _filled(right, "offer", cards, case.recipient_id)
    return NewNotice(
        recipient_id=case.recipient_id,
        key=f"offer:{case.id}",
        title=f"Вам может быть положено: {right.short_title}",
        happened=text or f"Похоже, вам положено: {right.title}.",
        why=_why_offered(right),
        next_step="Откройте предложение и нажмите «Согласен». Заявление и справки не нужны.",
        link=f"/offers/{case.id}/",
        on=right.on,
        cause=cause,
        email=email,
    )


def choice_letter(case: Case, right: Right, cause: Cause, email: str | None) -> NewNotice:
    """Two measures are not given together: the citizen compares them and takes one."""
    return NewNotice(
        recipient_id=case.recipient_id,
        key=f"choice:{case.id}",
        title=f"Выберите одну из двух мер: {right.short_title}",
        happened=f"Вам положено: {right.title}. Вместе с тем, что вы получаете сейчас, эта мера не предоставляется.",
        why=right.summary,
        next_step="Откройте сравнение и выберите. Пока вы не выбрали, всё остаётся как есть.",
        link=f"/offers/{case.id}/",
        on=right.on,
        cause=cause,
        email=email,
    )


def received_letter(case: Case, right: Right, cause: Cause, email: str | None) -> NewNotice:
    """The application is taken: by when it is decided, and that nothing is to be brought."""
    until = f" Решим не позже {long_day(case.due_on)}." if case.due_on else ""
    return NewNotice(
        recipient_id=case.recipient_id,
        key=f"received:{case.id}",
        title=f"Заявление принято: {right.short_title}",
        happened=f"Мы приняли ваше заявление о назначении {_of(right.title, right)}.{until}",
        why="Сведения, которых не хватает, узнаём у ведомств сами.",
        next_step="Ничего приносить не нужно. За делом можно следить в кабинете.",
        link=f"/cases/{case.id}/",
        on=right.on,
        cause=cause,
        email=email,
    )


def question_letter(case: Case, right: Right, cause: Cause, email: str | None) -> NewNotice | None:
    """Only the citizen knows what is missing: ask, in the rule's own words."""
    questions = [m.question or m.title for m in right.missing if m.cost == "citizen"]
    if not questions:
        return None
    return NewNotice(
        recipient_id=case.recipient_id,
        key=f"question:{case.id}",
        title=f"Нужен ваш ответ: {right.short_title}",
        happened="Мы собрали всё, что знают ведомства, но этого не хватило для решения.",
        why=right.summary,
        next_step=" ".join(questions),
        link=f"/cases/{case.id}/",
        on=right.on,
        cause=cause,
        email=email,
    )


def withdrawn_letter(case: Case, right: Right, cause: Cause, email: str | None) -> NewNotice:
    """An offer that was made no longer stands."""
    return NewNotice(
        recipient_id=case.recipient_id,
        key=f"withdrawn:{case.id}",
        title=f"Предложение больше не действует: {right.short_title}",
        happened=f"Мы предлагали вам: {right.title}. Сведения изменились, и право на эту меру пропало.",
        why=right.summary,
        next_step="Ничего делать не нужно. Если сведения изменятся, мы предложим снова.",
        link="/rights/",
        on=right.on,
        cause=cause,
        email=email,
    )


def lapsed_letter(case: Case, right: Right, on: date, cause: Cause, emails: Mapping[UUID, str]) -> NewNotice:
    """Nobody answered in time: the offer went to another close person; an application is still taken."""
    return NewNotice(
        recipient_id=case.recipient_id,
        key=f"lapsed:{case.id}",
        title=f"Предложение больше не действует: {right.short_title}",
        happened=f"Мы предлагали вам: {right.title}. Ответа не было, и мы предложили эту меру другому близкому.",
        why="Срок ответа на предложение прошёл.",
        next_step="Если мера положена вам, подайте заявление: предложение другому этому не мешает.",
        link="/rights/",
        on=on,
        cause=cause,
        email=emails.get(case.recipient_id),
    )


def _happened(decision: Decision, right: Right | None, cards: Cards) -> str:
    """The measure's own text where it has one, else the plain words of the decision."""
    if decision.kind == DecisionKind.STOP:
        ended = f"«{decision.title}»: с {long_day(decision.first_day)} больше не предоставляется."
        return f"{ended} {_differences(decision)}".strip()
    if decision.kind == DecisionKind.SUSPEND:
        return f"«{decision.title}»: выплата приостановлена с {long_day(decision.first_day)}."
    if decision.kind == DecisionKind.REFUSE:
        told = _filled(right, "refused", cards, decision.recipient_id, reason=decision.reason or _failed(right))
        return told or f"В назначении {_of(decision.title, right)} отказано."
    period = right.period if right else decision.ground.get("period", "month")
    days = term(decision.first_day, decision.last_day, period)
    sum_and_days = f"Размер: {sum_of(decision.amount_kopecks or 0, period)}" + (f", {days}." if days else ".")
    if decision.kind in CHANGED:
        return f"«{decision.title}»: {CHANGED[decision.kind]}. {sum_and_days} {_differences(decision)}".strip()
    return _filled(right, "granted", cards, decision.recipient_id, decision) or f"«{decision.title}». {sum_and_days}"


def _of(title: str, right: Right | None) -> str:
    """The measure in the genitive, as its passport says or as the dictionary knows."""
    return in_genitive(title, right.passport.get("texts") if right else None)


def _differences(decision: Decision) -> str:
    """What comes of the months counted again: money to be paid in addition, or more than was due."""
    total = sum(one["due_kopecks"] - one["was_kopecks"] for one in decision.ground.get("differences", ()))
    if total > 0:
        return f"За прошлые месяцы доплатим {roubles_and_kopecks(total)}."
    if total < 0:
        excess = roubles_and_kopecks(-total)
        return f"За прошлые месяцы назначено больше положенного на {excess}; о возврате сообщим отдельно."
    return ""


def _why(decision: Decision, right: Right | None) -> str:
    """Short: what holds or fails, and the law. The whole reasoning is in the decision."""
    if decision.decided_by:
        return f"Решение принял сотрудник. {decision.reason}"
    if decision.reason:
        return decision.reason
    if decision.kind == DecisionKind.REFUSE:
        failed = [c["title"] for c in right.conditions if c["answer"] == "no"]
        told = [s for s in right.sentences if s.startswith(tuple(failed))] if failed else []
        return " ".join(told) or right.summary
    held = "".join(f" {c['title']}." for c in right.conditions if c["answer"] == "yes")
    return f"Все условия выполнены.{held} Закон: {right.law[0]}." if held else right.summary


def _why_offered(right: Right) -> str:
    """What the rule gives, or whom we shall ask once the citizen agrees."""
    if right.state == "granted":
        return right.summary
    holders = ", ".join(dict.fromkeys(m.holder for m in right.missing if m.cost in ASKED and m.holder))
    if not holders:
        return "По сведениям, которые у нас есть, вы подходите. Остальное спросим у вас."
    return f"По сведениям, которые у нас есть, вы подходите. Остальное узнаем сами: {holders}."


def _failed(right: Right) -> str:
    """The conditions that do not hold, by their titles."""
    failed = [condition["title"] for condition in right.conditions if condition["answer"] == "no"]
    return "не выполнено условие " + "; ".join(f"«{title}»" for title in failed) if failed else right.summary


def _next_step(decision: Decision, right: Right | None) -> str:
    if decision.kind == DecisionKind.REFUSE:
        return str(tunables.value("appeal_words"))
    if decision.kind in (DecisionKind.STOP, DecisionKind.SUSPEND):
        return f"Если назначение прекращено ошибочно, сообщите нам. {tunables.value('appeal_words')}"
    if right is None or right.form == "cash":
        return "Ничего подавать не нужно: деньги придут на ваш счёт. Проверьте, что счёт в кабинете указан верно."
    return "Ничего подавать не нужно: решение и документ уже в вашем кабинете."


def _filled(
    right: Right,
    name: str,
    cards: Cards,
    recipient_id: object,
    decision: Decision | None = None,
    *,
    reason: str = "",
) -> str:
    """The measure's own text from its passport with names and sums put in; empty when it has none.

    Sums and days are the decision's where there is one, else what the rule gives.
    """
    text = right.passport.get("texts", {}).get(name, "")
    if not text:
        return ""
    names = {role: cards[person].full_name for role, person in right.roles.items() if person in cards}
    amount = decision.amount_kopecks if decision else right.amount_kopecks
    first, last = (decision.first_day, decision.last_day) if decision else (right.first_day, last_day_of(right))
    known = {
        **names,
        "measure": right.short_title,
        "amount": "размер уточняется" if amount is None else roubles_and_kopecks(amount),
        "from": long_day(first) if first else "",
        "to": long_day(last) if last else "бессрочно",
        "reason": reason.rstrip("."),
    }
    return " ".join(text.split()).format_map(defaultdict(str, known))
