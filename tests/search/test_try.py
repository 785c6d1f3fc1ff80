import pytest
from tests import builders
from accounts.roles import Role
from evidence.search.finding import find
from inquiry.words import asked_for
pytestmark = pytest.mark.django_db
def test_try():
    inquiry = builders.an_inquiry("LUI"); builders.missions(inquiry); rec = builders.a_recommendation(inquiry)
    sub = builders.a_submission(inquiry, text="1. The people’s hall was shut.\n\n2. A youth worker helped the communities.", submitter="Hall Trust")
    builders.a_written_quote(sub, end=10)
    for role in (Role.CLERK, Role.MEMBER):
        who = builders.a_person(inquiry, role)
        for words in ("people's hall", "people’s", "hall", "commun*", "the", "(", '"youth worker"', "-hall", "Trust OR worker", ""):
            print(role, words, find(who, inquiry, asked_for(words), {}))
    print(find(who, inquiry, asked_for("hall"), {"kind":["quote"],"stance":["supports"],"recommendation":["1"],"sector":["other"]}))
