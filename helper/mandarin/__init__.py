"""Facts of the language: scripts, words, pinyin. Knows nothing of the app's content."""
