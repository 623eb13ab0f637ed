"""Pages of every kind, written for the project as outlets, walls and hosts make them, each with what it is.

A page without a reason is an article, and most of these look like something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.records import RejectionReason as Reason

AR = "اجتمع مسؤولون من قطاع الماء بالرباط لتدارس حالة السدود بعد أمطار الأسبوع الماضي، واتفقوا على الصيانة قبل الصيف."
FR = (
    "La région a lancé lundi un programme de rénovation des écoles rurales, doté d'un budget de deux cents millions de "
    "dirhams, qui doit s'achever avant la rentrée prochaine selon ses responsables."
)
ES = (
    "El ayuntamiento presentó el martes un plan para ampliar el puerto pesquero, que permitirá descargar más barcos al "
    "mismo tiempo y crear empleo entre los jóvenes de la comarca, según su alcalde."
)
EN = (
    "The council opened a new library in the old town on Tuesday, with rooms for children and a hall for talks, "
    "after four years of work that cost more than had been planned at first."
)
HEADLINES = (
    "Le tramway de la ville nouvelle entre en service",
    "Une récolte d'olives meilleure que prévu cette année",
    "الأمطار تنعش الفرشة المائية في سهول الغرب",
    "Los pescadores vuelven al mar después del temporal",
    "Un musée de la mer ouvre ses portes au printemps",
    "افتتاح مكتبة جديدة للأطفال في المدينة العتيقة",
    "La route de montagne fermée jusqu'à la fin du mois",
    "Museum of the sea opens its doors in the spring",
    "Le festival des roses attire plus de monde que jamais",
    "ارتفاع عدد زوار المتاحف خلال العطلة المدرسية",
)
NAV = "<nav><ul>" + "".join(f"<li><a href='/s/{n}'>Rubrique {n}</a></li>" for n in range(8)) + "</ul></nav>"
ASIDE = (
    "<aside class='sidebar'><h3>Les plus lus</h3>"
    + "".join(
        f"<div class='side-post'><h4><a href='/side/{n}'>{each}</a></h4></div>" for n, each in enumerate(HEADLINES)
    )
    + "</aside>"
)
LD = "<script type='application/ld+json'>{}</script>"
STATED = LD.format('{"@type": "NewsArticle", "headline": "Un titre", "datePublished": "2026-02-10"}')
COOKIES = (
    "<p>Nous utilisons des cookies et d'autres traceurs avec nos partenaires.</p>"
    "<button>Tout accepter</button><button>Tout refuser</button><script src='/cookie.js'></script>"
)


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A page and what it is; None for an article."""

    name: str
    reason: Reason | None
    markup: str
    url: str = "https://atlas.example/2026/02/une-page"


def whole(title: str, main: str, *, head: str = "", classes: str = "", aside: str = ASIDE) -> str:
    """Build a page with the menu, the column and the foot of an outlet around it."""
    return (
        f"<!doctype html><html><head><title>{title} - Atlas</title><meta property='og:site_name' content='Atlas'>{head}"
        f"</head><body class='{classes}'>{NAV}<main>{main}</main>{aside}<footer>© Atlas 2026</footer></body></html>"
    )


def bare(title: str, main: str, head: str = "") -> str:
    """Build a page with nothing around it."""
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{main}</body></html>"


def cards(*, excerpt: bool, tag: str = "article") -> str:
    """Build the cards of a list, with the first words of each article or without."""
    return "".join(
        f"<{tag} class='post'><h2><a href='/2026/02/{n}'>{each}</a></h2>{_excerpt(each) if excerpt else ''}</{tag}>"
        for n, each in enumerate(HEADLINES)
    )


def _excerpt(headline: str) -> str:
    return f"<p>{' '.join(reversed(headline.split()))}, selon ce que l'on a pu en apprendre hier soir […]</p>"


def paragraphs(*texts: str) -> str:
    """Build the paragraphs of an article."""
    return "<div class='content'>" + "".join(f"<p>{text}</p>" for text in texts) + "</div>"


def labelled() -> Iterator[Labelled]:
    """Give all pages, each name once."""
    for build in (_walls, _parked, _not_found, _questions, _lists, _players, _excerpts, _articles):
        yield from build()


def _walls() -> Iterator[Labelled]:
    cloudflare = "<script>window._cf_chl_opt={cType:'managed'}</script><p>Enable JavaScript and cookies to continue</p>"
    imperva = "<iframe src='/_Incapsula_Resource?SWUDNSAI=31&xinfo=1'>Request unsuccessful.</iframe>"
    captcha = "<form><div class='g-recaptcha'></div><p>Please show that you are no robot.</p></form>"
    for name, title, main in (
        ("cloudflare", "Just a moment...", f"<h1>atlas.example</h1>{cloudflare}"),
        ("cloudflare in French", "Un instant…", f"<h1>atlas.example</h1>{cloudflare}"),
        ("cloudflare in Arabic", "لحظة…", f"<h1>atlas.example</h1>{cloudflare}"),
        (
            "cloudflare refuses",
            "Attention Required! | Cloudflare",
            "<h1>Sorry, you have been blocked</h1><p>Ray ID</p>",
        ),
        ("imperva", "atlas.example", imperva),
        ("ddos-guard", "DDoS-Guard", "<h1>Checking your browser before accessing atlas.example</h1>"),
        ("captcha", "atlas.example", captcha),
        ("datadome", "atlas.example", "<script src='https://ct.captcha-delivery.com/c.js'></script><p>Please wait</p>"),
        ("refused", "403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
        ("refused in French", "Accès refusé", "<h1>Accès refusé</h1><p>Votre adresse a été bloquée par le site.</p>"),
        ("refused in Spanish", "Acceso denegado", "<h1>Acceso denegado</h1><p>No puede ver esta página.</p>"),
    ):
        yield Labelled(name=f"wall: {name}", reason=Reason.CHALLENGE, markup=bare(title, main))


def _parked() -> Iterator[Labelled]:
    for name, title, main in (
        ("for sale", "atlas.example", "<h1>This domain is for sale</h1><p>Make an offer today.</p>"),
        ("à vendre", "Le nom de domaine atlas.example est à vendre", "<p>Faites une offre pour ce domaine.</p>"),
        ("للبيع", "atlas.example", "<h1>هذا النطاق للبيع</h1><p>تواصل معنا لتقديم عرض.</p>"),
        ("lander", "atlas.example", "<script>window.park = 'x'</script><p>Related searches</p><a href='/a'>Loans</a>"),
        ("suspended", "Account Suspended", "<h1>Account Suspended</h1><p>Contact your hosting provider.</p>"),
        ("nginx", "Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the server works.</p>"),
    ):
        yield Labelled(name=f"parked: {name}", reason=Reason.PARKED, markup=bare(title, main))


def _not_found() -> Iterator[Labelled]:
    for name, title, said in (
        ("English", "Page not found", "It looks like nothing was found at this location."),
        ("French", "Page introuvable", "La page que vous cherchez a été déplacée ou supprimée."),
        ("French, number", "Erreur 404", "Cette adresse ne mène nulle part."),
        ("Spanish", "Página no encontrada", "La página que busca ya no está."),
        ("Arabic", "الصفحة غير موجودة", "عذرا، لم نجد ما تبحث عنه."),
        ("no results", "Aucun résultat", "Essayez avec d'autres mots."),
        ("no results in Arabic", "لا توجد نتائج", "حاول مرة أخرى بكلمات أخرى."),
    ):
        main = f"<h1>{title}</h1><p>{said}</p>"
        yield Labelled(name=f"not found: {name}", reason=Reason.NOT_FOUND, markup=whole(title, main))
    themed = whole("Atlas", "<h1>Oups !</h1><p>Rien ici.</p>" + cards(excerpt=True), classes="error404 wp-theme")
    yield Labelled(name="not found: by its class", reason=Reason.NOT_FOUND, markup=themed)
    down = bare("Database Error", "<h1>Error establishing a database connection</h1>")
    yield Labelled(name="not found: no database", reason=Reason.NOT_FOUND, markup=down)


def _questions() -> Iterator[Labelled]:
    yield Labelled(name="consent: alone", reason=Reason.CONSENT, markup=bare("Atlas", COOKIES))
    before = "<h1>Avant de continuer</h1><p>Choisissez ce que nous pouvons garder de vous.</p><button>Accepter</button>"
    yield Labelled(name="consent: by its headline", reason=Reason.CONSENT, markup=bare("Avant de continuer", before))
    form = "<form><input name='user'><input type='password' name='word'><button>OK</button></form>"
    yield Labelled(name="login: Arabic", reason=Reason.LOGIN, markup=whole("تسجيل الدخول", form, aside=""))
    yield Labelled(name="login: members", reason=Reason.LOGIN, markup=whole("Espace membres", form, aside=""))


def _lists() -> Iterator[Labelled]:
    section = "https://atlas.example/category/societe/"
    site = "<meta property='og:type' content='website'>"
    yoast = "<meta property='og:type' content='article'>"
    links = "<ul>" + "".join(f"<li><a href='/2026/{n}'>{each}</a></li>" for n, each in enumerate(HEADLINES)) + "</ul>"
    collection = LD.format('{"@graph": [{"@type": "CollectionPage", "name": "Société"}]}')
    for name, url, markup in (
        ("section", section, whole("Société", cards(excerpt=True), head=site)),
        (
            "section that calls itself an article",
            section,
            whole("Société", cards(excerpt=True), head=yoast, classes="archive category"),
        ),
        ("headlines only", section, whole("Société", links, head=site)),
        (
            "tag",
            "https://atlas.example/tag/eau/",
            whole("eau", cards(excerpt=True), head=collection, classes="archive tag"),
        ),
        (
            "author",
            "https://atlas.example/author/x/",
            whole("Leïla B.", f"<p>{FR}</p>" + cards(excerpt=True, tag="li")),
        ),
        ("home", "https://atlas.example/", whole("Atlas", cards(excerpt=True), head=site, classes="home")),
        ("results", "https://atlas.example/?s=eau", whole("Résultats pour eau", cards(excerpt=True), classes="search")),
    ):
        yield Labelled(name=f"list: {name}", reason=Reason.LIST, markup=markup, url=url)
    home = whole("Atlas", cards(excerpt=True), head=f"{site}<link rel='canonical' href='https://atlas.example/'>")
    yield Labelled(name="not found: the home page instead", reason=Reason.NOT_FOUND, markup=home)


def _players() -> Iterator[Labelled]:
    video = "<meta property='og:type' content='video.other'>"
    stated = LD.format('{"@type": "VideoObject", "name": "Le marché"}')
    frame = "<iframe src='https://www.youtube.com/embed/x'></iframe>"
    shown = "".join(f"<figure><img src='/{n}.jpg'></figure>" for n in range(9))
    pictured = LD.format('{"@type": "ImageGallery", "name": "Le marché"}')
    pdf = "<iframe src='/files/bulletin.pdf'></iframe>"
    for name, reason, markup in (
        ("video", Reason.MEDIA, whole("Le marché de Noël", f"<h1>Le marché de Noël</h1>{frame}", head=video)),
        (
            "stated",
            Reason.MEDIA,
            whole("Le marché", f"<h1>Le marché</h1><video src='/v.mp4'></video><p>{FR}</p>", head=stated),
        ),
        ("sound", Reason.MEDIA, whole("النشرة الصوتية", "<h1>النشرة الصوتية</h1><audio src='/a.mp3'></audio>")),
        ("gallery", Reason.GALLERY, whole("Le marché en images", f"<h1>Le marché en images</h1>{shown}")),
        ("gallery in Arabic", Reason.GALLERY, whole("صور: السوق الأسبوعي", f"<h1>صور: السوق الأسبوعي</h1>{shown}")),
        ("stated gallery", Reason.GALLERY, whole("Le marché", f"<h1>Le marché</h1>{shown}<p>{FR}</p>", head=pictured)),
        ("viewer", Reason.VIEWER, whole("Le bulletin", f"<h1>Le bulletin de février</h1>{pdf}")),
    ):
        yield Labelled(name=f"player: {name}", reason=reason, markup=markup)


def _excerpts() -> Iterator[Labelled]:
    for name, text, asks in (
        ("French", FR, "La suite est réservée aux abonnés."),
        ("English", EN, "Subscribe to continue reading."),
        ("Spanish", ES, "Suscríbete para seguir leyendo."),
        ("Arabic", AR, "هذا المحتوى متاح للمشتركين فقط."),
    ):
        main = f"<article><h1>Un titre assez long</h1><p>{text}</p><div class='wall'>{asks}</div></article>"
        yield Labelled(
            name=f"paywall: {name}", reason=Reason.PAYWALL, markup=whole("Un titre assez long", main, head=STATED)
        )


def _articles() -> Iterator[Labelled]:
    """Give articles that look like something else."""
    frame = "<iframe src='https://www.youtube.com/embed/x'></iframe>"
    listed = "<ul>" + "".join(f"<li>{each}</li>" for each in HEADLINES * 3) + "</ul>"
    linked = "<ul>" + "".join(f"<li><a href='/{n}'>{each}</a></li>" for n, each in enumerate(HEADLINES)) + "</ul>"
    brief = (
        " ".join(FR.split()[:26]) + ". Les travaux commencent au mois de mars dans six communes de la province, dit-il."
    )
    wall = "Cloudflare demande à chaque visiteur une preuve, « Just a moment », avant de le laisser lire la page. "
    sign_in = "<form hidden><input type='password'></form>"
    for name, title, main, head in (
        ("brief", "Des écoles rénovées", f"<h1>Des écoles rénovées</h1><p>{brief}</p>", ""),
        ("brief with a video", "Des écoles rénovées", f"<h1>Des écoles rénovées</h1>{frame}<p>{brief}</p>", ""),
        ("with a video", "Le port s'agrandit", f"<h1>Le port s'agrandit</h1>{frame}{paragraphs(FR, ES, FR)}", STATED),
        ("about a wall", "Cloudflare en panne", f"<h1>Cloudflare en panne</h1>{paragraphs(wall, FR)}", ""),
        (
            "about errors",
            "Erreur 404 : ce que cachent les pages perdues du web",
            f"<h1>Erreur 404 : ce que cachent les pages perdues du web</h1><p>{brief}</p>",
            "",
        ),
        (
            "about a domain",
            "Le nom de domaine du parti est à vendre depuis lundi, selon son hébergeur",
            f"<h1>Le parti perd son site</h1>{paragraphs(FR)}",
            STATED,
        ),
        (
            "paid, whole",
            "Un plan pour le port",
            f"<h1>Un plan pour le port</h1>{paragraphs(FR, ES, EN, FR, ES)}<p>Article réservé à nos abonnés</p>",
            STATED,
        ),
        (
            "with a list",
            "Les dix projets de l'année",
            f"<h1>Les dix projets de l'année</h1>{paragraphs(FR, ES)}{listed}",
            "",
        ),
        (
            "with links",
            "Les dix projets de l'année",
            f"<h1>Les dix projets de l'année</h1>{paragraphs(FR, ES, FR)}{linked}",
            "",
        ),
        (
            "in Arabic",
            "السدود بعد الأمطار",
            f"<h1>السدود بعد الأمطار</h1>{paragraphs(AR, AR.replace('الماء', 'السقي'))}",
            "",
        ),
        ("with a login", "Un plan pour le port", f"<h1>Un plan pour le port</h1>{sign_in}{paragraphs(FR, ES)}", ""),
        (
            "with pictures",
            "Le marché en images",
            "<h1>Le marché en images</h1>"
            + "".join(
                f"<figure><img src='/{n}.jpg'></figure><p>{text}</p>" for n, text in enumerate((FR, ES, EN, FR, ES, EN))
            ),
            STATED,
        ),
        (
            "with a file",
            "Le rapport est publié",
            f"<h1>Le rapport est publié</h1>{paragraphs(FR, ES)}<iframe src='/r.pdf'></iframe>",
            "",
        ),
        (
            "with a banner",
            "Un plan pour le port",
            f"<h1>Un plan pour le port</h1>{paragraphs(FR, ES)}<div class='cookie-bar'>{COOKIES}</div>",
            "",
        ),
        (
            "over more articles",
            "Un plan pour le port",
            f"<article><h1>Un plan pour le port</h1>{paragraphs(FR, ES)}</article>{cards(excerpt=True, tag='div')}",
            "",
        ),
    ):
        yield Labelled(name=f"article: {name}", reason=None, markup=whole(title, main, head=head))
    dated = whole(
        "Un plan pour le port",
        f"<h1>Un plan pour le port</h1>{paragraphs(FR, ES)}",
        head="<link rel='canonical' href='https://atlas.example/'>",
    )
    yield Labelled(name="article: a theme whose every page calls itself the home page", reason=None, markup=dated)
    short = whole("Des écoles rénovées", f"<h1>Des écoles rénovées</h1><p>{brief}</p>")
    below = "https://atlas.example/section/economie/des-ecoles"
    yield Labelled(name="article: a brief below a section", reason=None, markup=short, url=below)
    broken = short.replace("<head>", "<head><link rel='canonical' href='https://[atlas'>")
    yield Labelled(name="article: a brief whose canonical address is none", reason=None, markup=broken)
    sold = short.replace("<nav>", "<p>Déjà abonné ? Abonnez-vous pour lire le journal</p><nav>")
    yield Labelled(name="article: a brief under an appeal to subscribe", reason=None, markup=sold)
    sectioned = whole("Un plan pour le port", f"<h1>Un plan pour le port</h1>{paragraphs(FR, ES)}")
    url = "https://atlas.example/section/economie/un-plan-pour-le-port"
    yield Labelled(name="article: below a section", reason=None, markup=sectioned, url=url)
