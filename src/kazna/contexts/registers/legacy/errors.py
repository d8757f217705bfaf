"""Foreseen refusals of taking over a legacy register."""

from kazna.kernel.errors import DomainError


class MappingRefused(DomainError):
    sentence = "Карта переноса не принята ({name}): {remarks}."


class SourceRefused(DomainError):
    sentence = "Файл «{name}» не читается: {why}."


class RunUnknown(DomainError):
    sentence = "Переноса «{run}» нет. Список: kazna migrate status."


class RunNotReady(DomainError):
    sentence = "Перенос {run} нельзя {what}: {why}."
