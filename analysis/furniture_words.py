"""The words by which the furniture of a page is known: in the names of its elements, and in its lines.

Lines are matched in canonical form (`arabic.canonical`).
"""

from __future__ import annotations

import re

# Landmarks of the ARIA standard that never hold an article.
ROLES = frozenset(
    {"navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "toolbar"}
)

_NAMES = (
    # who and when
    r"by-?line|author|auteur|autor(?![a-z])|auth(?![a-z])|firma(?:s|nte)?(?![a-z])|signature",
    r"date|time(?:stamp)?(?![a-z])|pubdate|meta(?![a-z])",
    # to pass on, to print, to answer; a live report calls its own paragraphs comments
    r"shar(?:e|ing)|social|sociable|partag|compart|rrss|redes(?![a-z])|print(?![a-z])|toolbar|outils",
    r"(?<![\w-])comment|comment-?(?:list|form)|respond(?![a-z])",
    # other articles
    r"related|similar|recommend|recomend|relacionad|read-?(?:also|more|next)|lire-?aussi|voir-?aussi|lee-?tambien",
    r"popular|trending|most-?read|ticker|promo|breadcrumb|fil-?ariane|tags(?![a-z])|etiquetas",
    # to be paid
    r"newsletter|subscri|suscri|abonn|donat|ads?(?![a-z])|adv(?![a-z])|advert|publicid|publicite|pub(?![a-z])",
    r"sponsor|taboola|outbrain|paywall|cookie|consent|modal",
)
NAMES = re.compile(rf"(?<![a-z])(?:{'|'.join(_NAMES)})")
"""How a word of a class, id or itemprop (in small letters) begins where the element is beside the text, not of it."""

_READ_ALSO = (
    r"(?:اقرا|اقراوا|اقروا|طالع|طالعوا|شاهد|انظر|تابع) (?:ايضا|كذلك|المزيد)|(?:مواضيع|مقالات) (?:ذات صله|اخري)",
    r"(?:a )?(?:lire|voir|ecouter) (?:aussi|egalement)|sur le meme (?:sujet|theme)|articles? (?:lies?|similaires?)",
    r"read (?:also|more|next)|see also|also read|more (?:on|from|in)|related (?:articles?|stories|news|posts?)",
    r"(?:lea|leer|lee|ver|vea|mire|mira|puede[ns]? (?:ver|leer))(?: tambien| mas)? ?:|(?:lea|leer|lee|ver|vea) tambien",
    r"(?:le|te) (?:puede|podria) interesar|mas informacion|(?:notas?|noticias?|contenido) relacionad[ao]s?",
)
READ_ALSO = re.compile(rf"\W*(?:{'|'.join(_READ_ALSO)})(?!\w)")
"""How a line begins that leads to other articles."""

_LINES = (
    r"ارسال تعليق|اترك تعليقا?|اترك ردا?|اضف تعليقا?|لن يتم نشر عنوان بريدك الالكتروني.*",
    r"اقرا ايضا|اقرا المزيد|شارك|انشر|طباعه|مواضيع ذات صله|مقالات ذات صله|اعلان|ملخص",
    r".{0,40}الاراء الوارده.{0,40}لا تعكس بالضروره.*",
    r"related articles?|back to top|share|read (?:also|more)|leave a reply|print|advertisement",
    r"(?:a )?lire aussi|partager|imprimer|articles? similaires?|laisser un commentaire|(?:passer la )?publicite",
    r"(?:.{0,60}de cet article a lire\W+)?la suite est reservee aux abonnes",
    r"leer tambien|lea tambien|compartir|imprimir|publicidad|suscribete|noticias? relacionadas?",
    r"(?:siguenos|suivez-nous|rejoignez-nous|follow us|join us|تابعونا|تابعنا)(?: (?:en|sur|on|in|علي)(?: .{0,80})?)?",
    r"(?:©|copyright|جميع الحقوق محفوظه).{0,80}|.{0,60}(?:todos los derechos reservados|tous droits reserves)",
    r"(?:photo|foto|fotografia|image|imagen|credits?|creditos?|(?:ال)?صوره?)(?: photo)? ?: .{0,80}",
    r"(?:abonnez-vous|suscribete|subscribe) (?:pour|para|a|to) .{0,80}|(?:انضم|اشترك) (?:الي|في) .{0,60}",
    r"(?:ajouter a|l'article a ete ajoute a) (?:mes|vos) favoris|(?:anadir|guardar) (?:a|en) favoritos|google news",
    r"(?:اضف|احفظ) الي المفضله|add to (?:my )?favou?rites|(?:copier|copiar|copy)(?: le| el| the)? (?:lien|enlace|link)",
    r"esta funcionalidad es solo para (?:suscriptores|registrados)",
)
LINES = re.compile(rf"\W*(?:{'|'.join(_LINES)})[ :.!*]*")
"""What themes leave in, before or behind the text: a line that is only this is none of the article's."""
