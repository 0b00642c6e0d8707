"""The tables of words keep their own rules, so that those who extend them hear of a slip at once."""

from collections import Counter

from bot.answers.words import table

HINTS = ("related", "distinct")


def groups() -> dict[str, list[str]]:
    """True synonyms: name of the group -> its words, in lower case."""
    data = table("synonyms")
    return {
        f"{domain}.{name}": [word.lower() for word in words]
        for domain, rows in data.items()
        if domain not in HINTS
        for name, words in rows.items()
    }


def test_a_word_stands_in_one_group_of_true_synonyms_only() -> None:
    counts = Counter(word for words in groups().values() for word in words)
    assert [word for word, count in counts.items() if count > 1] == []


def test_a_group_has_at_least_two_words() -> None:
    assert [name for name, words in groups().items() if len(words) < 2] == []


def test_words_that_never_stand_for_one_another_are_in_no_common_group() -> None:
    home = {word: name for name, words in groups().items() for word in words}
    for name, words in table("synonyms")["distinct"].items():
        homes = [home[word.lower()] for word in words if word.lower() in home]
        assert len(homes) == len(set(homes)), name


def test_english_terms_are_in_lower_case_and_stand_once() -> None:
    phrases = [phrase for rows in table("english").values() for phrase in rows]
    assert [phrase for phrase in phrases if phrase != phrase.lower()] == []
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []


def test_an_everyday_word_stands_once_and_leads_to_other_words() -> None:
    rows = [row for domain in table("everyday").values() for row in domain.items()]
    assert [word for word, count in Counter(word for word, _ in rows).items() if count > 1] == []
    assert [word for word, terms in rows if not terms or set(terms) <= {word}] == []
