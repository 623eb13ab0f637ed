"""The words by which a page that is no article says what it is, in canonical form (`arabic.canonical`).

They are in code, as those of `furniture_words`, beside the markup they belong to: what themes, walls and hosts of the
web print is no fact about the press, and so a page can be read without any seeds.
"""

from __future__ import annotations

import re

from analysis.records import RejectionReason

_HEADLINES = {
    RejectionReason.CHALLENGE: (
        r"just a moment|one moment,? please|please wait|un instant|un momento|لحظه(?: من فضلك)?|يرجي الانتظار",
        r"attention required!?|security (?:check|verification)|pardon our interruption|client challenge|ddos-?guard",
        r"(?:checking|verifying) your browser.*|verif(?:ication|ying)(?: de securite| en cours)?|verificacion",
        r"are you (?:a )?(?:human|robot).*|(?:human|robot|bot) (?:verification|check)|التحقق من (?:الامان|انك انسان)",
        r"access (?:to this page has been )?denied|acces (?:refuse|interdit)|acceso denegado|(?:تم رفض|ممنوع) الوصول",
        r"(?:error )?403(?: forbidden)?|forbidden|request (?:rejected|blocked)|sucuri website firewall.*|blocked",
    ),
    RejectionReason.PARKED: (
        r"(?:this )?domain (?:name )?(?:is |may be )?(?:for sale|parked|expired|available)|buy this domain",
        r".*(?:domaine?|dominio|النطاق)(?: name)?(?: \S+\.\S+)? (?:(?:is|esta?) )?(?:for sale|a vendre|en venta|للبيع)",
        r"(?:nom de )?domaine (?:expire|suspendu|reserve)|dominio (?:caducado|expirado)|نطاق محجوز",
        r"(?:account|website|site|compte|cuenta|حساب)(?: has been| est| esta)? (?:suspend(?:ed|ue?|ida)|موقوف)",
        r"welcome to nginx!?|apache2? .{0,20}default page.*|default web ?(?:site )?page|iis windows server",
        r"index of /.*",
        r"coming soon|under construction|(?:site|page) en construction|sitio en construccion|(?:الموقع )?قيد الانشاء",
    ),
    RejectionReason.NOT_FOUND: (
        r"(?:error|erreur|خطا|oops!?|oups!?|http)? ?:? ?404(?: error| not found| page not found| erreur)?",
        r"(?:ou?ops!? ?)?(?:th(?:at|e|is) )?(?:page|article|content|post|url)? ?(?:you requested )?not found",
        r"(?:ou?ops!? ?)?(?:th(?:at|e|is) )?(?:page|article|content|post|url) (?:can.?t|could not) be found",
        r"(?:th(?:at|e|is) )?(?:page|article|content|post|url)(?: you requested)? (?:does not|no longer) exists?",
        r"nothing (?:was )?found|no (?:results?|posts?)(?: were)?(?: found)?",
        r"(?:oups ?[,!]? ?)?(?:cette |la )?(?:page|article|contenu) (?:demandee? )?(?:est )?introuvable",
        r"(?:cette |la )?(?:page|article|contenu) (?:demandee? )?non trouvee?",
        r"(?:cette |la )?page n.?existe (?:pas|plus)|aucun (?:resultat|article)(?: trouve)?",
        r"(?:esta |la )?pagina no (?:encontrada|existe|disponible)|no se (?:ha )?encontr(?:o|ado) la pagina",
        r"(?:no se (?:han )?encontra(?:ron|do)|sin) resultados|ningun resultado",
        r"(?:عذرا ?[,،]? ?)?(?:هذه )?(?:الصفحه|المقال|المحتوي)(?: المطلوبه?)? (?:غير موجوده?|غير متوفره?|غير متاحه?)",
        r"لم يتم العثور علي (?:الصفحه|المقال|شيء|اي نتايج)|لا (?:توجد|يوجد) (?:نتايج|مقالات|محتوي)|لا نتايج",
        r"(?:500 )?internal server error|50[234] .{0,40}|service unavailable|bad gateway|gateway time-?out",
        r"error establishing a database connection|database error|خطا في الاتصال بقاعده البيانات",
        r"(?:(?:web)?site)?(?: is)?(?: down for| en| under)? ?(?:scheduled )?maintenance|(?:sitio )?en mantenimiento",
        r"الموقع تحت الصيانه",
    ),
    RejectionReason.CONSENT: (
        r"before you continue(?: to .{0,30})?|avant de continuer(?: .{0,30})?|antes de continuar(?: .{0,30})?",
        r"(?:we value|nous respectons|respectamos|valoramos) (?:your|votre|tu|su) (?:privacy|vie privee|privacidad)",
        r"(?:cookie )?consent|consentement|(?:cookie|privacy) (?:settings|preferences)|gestion des cookies",
        r"(?:your|vos|sus|tus) (?:privacy choices|choix.{0,30}|opciones de privacidad)|خصوصيتك تهمنا|قبل المتابعه",
    ),
    RejectionReason.LOGIN: (
        r"(?:log|sign) ?-?in|(?:member |subscriber )?login|(?:se )?connexion|connectez-?vous|s.?identifier",
        r"identification|inicia(?:r)? sesion|acceder|تسجيل الدخول|الدخول",
    ),
}
HEADLINES = {reason: re.compile("|".join(forms)) for reason, forms in _HEADLINES.items()}
"""What stands in the title of such a page, and nothing else but the name of the outlet."""

WALLS = re.compile(
    r"_cf_chl_opt|cf-browser-verification|challenge-error-text|cf-error-details|cf-chl-|challenge-form"
    r"|_Incapsula_Resource\?SWUDNSAI|Incapsula incident ID|ddos-guard\.net|check\.ddos-guard|sucuri_cloudproxy"
    r"|captcha-delivery\.com|px-captcha|/_sec/cp_challenge|awsWafCookieDomainList|sgcaptcha|/\.well-known/captcha"
    r"|bot-?detection|g-recaptcha|h-captcha|cf-turnstile"
)
"""What the markup of a wall against robots holds (Cloudflare, Imperva, DDoS-Guard, Sucuri, DataDome, Akamai, AWS …)."""

PARKING = re.compile(
    r"sedoparking|parkingcrew|bodis\.com|parklogic|above\.com/marketplace|afternic|dan\.com/buy-domain|domainmarket"
    r"|hugedomains|cgi-sys/(?:defaultwebpage|suspendedpage)|/parking-lander|window\.park\b|/lander\b",
    re.IGNORECASE,
)
"""What the markup of a parked domain holds: the names of those who park them."""

PAYWALL = re.compile(
    r"(?:suite|article|contenu|lecture)(?: de (?:cet|l.?) ?article)? (?:est )?(?:reservee?|exclusif|accessible)"
    r"(?: uniquement| seulement)? (?:a |aux )(?:nos )?abonne"
    r"|(?:abonnez|connectez)-vous pour (?:lire la suite|lire cet article|continuer)|il vous reste \d+ ?% de cet article"
    r"|subscribe (?:now )?to (?:continue|keep) reading|subscribe (?:now )?to read (?:the|this)"
    r"|(?:article|content|story) is (?:only )?(?:for|reserved for) subscribers"
    r"|suscribete para (?:seguir|continuar|leer)|(?:contenido|articulo) (?:exclusivo )?(?:solo )?para suscriptores"
    r"|(?:المحتوي|المقال|القراءه|الماده) .{0,20}للمشتركين|اشترك(?:وا)? (?:الان )?(?:لقراءه|لمتابعه|لمواصله)"
)
"""How the end of an excerpt asks to be paid for the rest."""

CONSENTS = re.compile(
    r"(?:accept|reject|refuse) all|(?:tout |accepter|refuser )(?:accepter|refuser|et fermer|tout)"
    r"|(?:aceptar|rechazar) (?:todo|y continuar)|(?:قبول|رفض) (?:الكل|الجميع)"
    r"|(?:use|utilisons|utilizamos|usamos|نستخدم) .{0,30}(?:cookies|traceurs|الارتباط)|partners|partenaires|socios"
)
"""What a question about cookies says: it counts where hardly anything else is said."""

GALLERY = re.compile(
    r"(?:photos?|images?|diaporama|galerie|galeria|fotos|fotogaleria|gallery|slideshow|صور|بالصور|البوم)(?!\w)"
    r"|.{3,}(?:en images|en photos|en fotos|en imagenes|in pictures|بالصور)"
)
"""How the title of a gallery begins or ends."""

ARCHIVE = re.compile(
    r"(?<![\w-])(?:archive|category|tag|author|search|search-results|home|blog|paged|tax-[\w-]+)(?![\w-])"
)
"""Classes that WordPress and themes like it give the body of a page that lists articles."""
SINGLE = re.compile(r"(?<![\w-])(?:single|single-post|postid-\d+|page-node|node-type-article)(?![\w-])")
LIST_PATH = re.compile(
    r"/(?:category|categorie|categoria|tags?|etiquetas?|author|auteur|autor|section|rubrique|topics?|search|page|archives?"
    r"|تصنيف|وسم|كاتب)(?:/|\?|$)|^/?(?:index\.\w+)?$|[?&](?:s|q|cat|tag|paged?)=",
    re.IGNORECASE,
)
"""How the address of a list is made."""
