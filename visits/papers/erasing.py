from .models import Paper


def let_go(*, sign_off):
    """The paper's bytes go at the end of its term; its code and hash stay, so that a copy elsewhere can still be checked."""
    papers = Paper.objects.filter(sign_off=sign_off).exclude(file=None).select_related("file")
    files = [paper.file for paper in papers]
    papers.update(file=None)
    return files
