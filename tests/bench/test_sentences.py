import re

from bench.sentences import TYPOS, Sentence, Wanted, asked, made_up, written


def test_the_same_seed_gives_the_same_questions_and_another_others() -> None:
    sentences = made_up(300)
    assert made_up(300) == sentences
    assert asked(sentences, 20) == asked(sentences, 20)
    assert asked(sentences, 20) != asked(sentences, 20, seed=8)


def test_made_up_sentences_are_all_different() -> None:
    assert len({one.text for one in made_up(2000)}) == 2000


def test_a_question_is_answered_by_the_sentence_that_it_was_made_from() -> None:
    sentences = made_up(200)
    for wanted in asked(sentences, 30):
        assert sum(wanted.found_in(one.text) for one in sentences) == 1


def test_what_is_true_of_two_sentences_is_not_asked() -> None:
    sentences = made_up(60)
    twins = [Sentence("乙", re.sub(r"\d", lambda digit: str(9 - int(digit[0])), one.text)) for one in sentences]
    assert len(asked(sentences, 10)) == 10
    assert asked([*sentences, *twins], 10) == []


def test_noise_changes_no_more_than_a_few_characters_and_no_lengths() -> None:
    for wanted in asked(made_up(200), 30):
        assert len(wanted.noisy) == len(wanted.question)
        assert 0 < sum(a != b for a, b in zip(wanted.question, wanted.noisy, strict=True)) <= TYPOS


def test_the_longer_one_of_sentence_and_answer_may_hold_the_other() -> None:
    wanted = Wanted("养老床位有多少张", "", "全市养老床位达到15万张")
    assert wanted.found_in("截至年底，全市养老床位达到1.5万张。")
    assert not wanted.found_in("养老床位")


def test_our_own_questions_have_their_sentences() -> None:
    sentences, questions = written()
    assert len(questions) > 50
    found = sum(any(one.found_in(sentence.text) for sentence in sentences) for one in questions)
    assert found / len(questions) > 0.9
