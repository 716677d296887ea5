"""An invented byline is asked about by what it says, and the answer stands where the lesson says."""

import random
import re

from vectorstore.training.bylines import byline

REST = "全市上下同心协力，完成了各项任务。"
NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def test_names_posts_and_days_are_asked_for() -> None:
    made = [one for seed in range(300) if (one := byline(REST, random.Random(seed)))]
    assert len(made) > 150
    for one in made:
        answer = one.window[one.start : one.end]
        assert answer
        assert answer not in one.question
        assert REST in one.window
        asks_when = any(word in one.question for word in ("哪天", "几月几号", "什么时候", "哪一天"))
        assert (DAY if asks_when else NAME).fullmatch(answer)
        assert one.question.endswith("？")
