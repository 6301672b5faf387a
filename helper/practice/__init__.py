"""Practice: deck, exercises, scheduling with fsrs, and the store of a learner's progress."""

from helper.practice.service import Added, CardInfo, LearnerSettings, PracticeService
from helper.practice.session import Asked, PracticeSession
from helper.practice.store import Answer, Outcome

__all__ = [
    "Added", "Answer", "Asked", "CardInfo", "LearnerSettings", "Outcome", "PracticeService",
    "PracticeSession",
]
