from .models import ArticleWord
from .words import weights

WEIGHTS = (("title", 4), ("keywords", 4), ("equipment_model", 3), ("symptom", 2), ("cause", 1), ("solution", 1))


def index(article):
    """Bring the words of an article up to date with its published version; without one it is found by none."""
    current = article.current
    wanted = weights([(getattr(current, name), weight) for name, weight in WEIGHTS]) if current else {}
    have = dict(ArticleWord.objects.filter(article=article).values_list("word", "weight"))
    gone = [word for word, weight in have.items() if wanted.get(word) != weight]
    ArticleWord.objects.filter(article=article, word__in=gone).delete()
    new = sorted(word for word, weight in wanted.items() if have.get(word) != weight)
    ArticleWord.objects.bulk_create(ArticleWord(article=article, word=word, weight=wanted[word]) for word in new)
