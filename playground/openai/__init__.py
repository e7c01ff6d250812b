"""An emulator of OpenAI's Responses API that answers from the knowledge entries in the request."""

from playground.openai.emulator import OpenAIEmulator
from playground.openai.retrieval import Bm25Retriever, Entry, Ranked, Retriever, Thresholds

__all__ = ["Bm25Retriever", "Entry", "OpenAIEmulator", "Ranked", "Retriever", "Thresholds"]
