"""Practice."""
from helper.practice.service import PracticeService
__all__ = ["PracticeService"]
