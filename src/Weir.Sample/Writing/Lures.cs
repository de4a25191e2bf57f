namespace Weir.Sample.Writing;

/// <summary>What spam and phishing say. {name}, {domain}, {link}, {number} are filled in.</summary>
internal static class Lures
{
    /// <summary>Subject and text of advertising that nobody asked for.</summary>
    public static IReadOnlyList<(string Subject, string Text)> Spam(string language) => language switch
    {
        "de" =>
        [
            ("Sie wurden ausgewählt: {number} EUR Guthaben", "Herzlichen Glückwunsch!!!\n\nSie wurden als Gewinner ausgewählt. Holen Sie Ihr Guthaben von {number} EUR noch heute ab: {link}\n\nNur 24 Stunden gültig!"),
            ("Kredit ohne Schufa - sofort Zusage", "Brauchen Sie Geld? Wir vergeben Kredite bis {number} EUR ohne Schufa und ohne Vorkosten.\n\nJetzt beantragen: {link}"),
            ("Abnehmen ohne Verzicht", "12 Kilo in 4 Wochen, ohne Sport! Ärzte sind sprachlos. Jetzt mit 70 % Rabatt bestellen: {link}"),
            ("Ihre Webseite auf Platz 1", "Wir bringen Ihre Firma garantiert auf die erste Seite der Suchmaschinen. Kostenlose Analyse: {link}"),
        ],
        "fr" =>
        [
            ("Vous avez gagné {number} EUR", "Félicitations !!! Vous avez été tiré au sort. Réclamez votre gain de {number} EUR avant ce soir : {link}"),
            ("Crédit immédiat sans justificatif", "Besoin d'argent ? Crédit jusqu'à {number} EUR sans justificatif, réponse immédiate : {link}"),
        ],
        "pl" =>
        [
            ("Wygrałeś {number} EUR", "Gratulacje!!! Zostałeś wylosowany. Odbierz nagrodę {number} EUR już dziś: {link}"),
            ("Kredyt bez BIK od ręki", "Potrzebujesz gotówki? Do {number} EUR bez BIK, decyzja w 5 minut: {link}"),
        ],
        _ =>
        [
            ("You have been selected: claim EUR {number}", "CONGRATULATIONS!!!\n\nYou have been selected as a winner. Claim your prize of EUR {number} now, act fast: {link}\n\n100% free, no obligation, limited time offer!"),
            ("Cheap meds, no prescription", "Best prices online pharmacy, no prescription needed, discreet shipping worldwide. Viagra, Cialis and more, save {number}%: {link}"),
            ("Double your bitcoin in 24 hours", "Guaranteed profit! Invest today and double your crypto in 24 hours. Risk free investment opportunity: {link}"),
            ("Rank #1 on search engines", "Dear business owner, we can increase your traffic and put your website on the first page of Google. Cheap SEO backlinks package: {link}"),
            ("Replica watches -80%", "Luxury replica watches at unbeatable prices. Buy now, limited stock, free shipping: {link}"),
            ("Lose {number} pounds without diet", "Doctors hate this weight loss trick. Order now risk free, money back guarantee: {link}"),
            ("Loan approved: EUR {number}000", "Your loan has been pre-approved! No credit check, instant cash, apply now: {link}"),
            ("Casino: {number} free spins", "Online casino bonus! {number} free spins and a 200% welcome bonus are waiting for you, claim now: {link}"),
        ],
    };

    /// <summary>Sender name, subject, text and the words of the link, of mail that wants a password or money.</summary>
    public static IReadOnlyList<(string Name, string Subject, string Text, string Link)> Phish { get; } =
    [
        ("IT Help Desk", "Your mailbox is almost full", "Dear user,\n\nyour mailbox {name} has reached 98% of its quota. Incoming messages will be rejected within 24 hours. Verify your account to keep your mailbox active.", "Verify your account"),
        ("Nordhaven IT", "Password expires today", "Hello,\n\nthe password of {name} expires today. Sign in to keep the same password, otherwise your account will be suspended.", "Keep current password"),
        ("Document Sharing", "A document was shared with you", "A confidential document \"Salary adjustment 2026\" was shared with {name}. Sign in with your e-mail account to view the document.", "Open document"),
        ("Voice Mail", "Missed call: voice message 00:47", "You have received a new voice message. Log in with your e-mail password to listen to the message.", "Play message"),
        ("Payroll", "Action required: confirm your bank details", "The payroll run of this month could not be completed. Update your bank account information immediately to avoid a delay of your salary.", "Update bank details"),
        ("Sparbank Sicherheit", "Ihr Konto wurde eingeschränkt", "Sehr geehrter Kunde,\n\naus Sicherheitsgründen wurde Ihr Konto vorübergehend gesperrt. Bestätigen Sie Ihre Daten innerhalb von 24 Stunden, sonst wird das Konto gelöscht.", "Daten bestätigen"),
        ("Service des impôts", "Remboursement en attente", "Bonjour,\n\nun remboursement de 384,20 EUR vous attend. Confirmez vos coordonnées bancaires dès aujourd'hui pour le recevoir.", "Confirmer mes coordonnées"),
        ("Poczta firmowa", "Twoje konto zostanie zablokowane", "Dzień dobry,\n\nwykryliśmy nietypowe logowanie. Potwierdź swoje hasło w ciągu 24 godzin, inaczej konto zostanie zablokowane.", "Potwierdź konto"),
    ];
}
