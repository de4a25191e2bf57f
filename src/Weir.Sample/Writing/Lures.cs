namespace Weir.Sample.Writing;

/// <summary>What spam and phishing say. {name}, {link} and {number} are filled in.</summary>
internal static class Lures
{
    /// <summary>Subject and text of advertising that nobody asked for.</summary>
    public static IReadOnlyList<(string Subject, string Text)> Spam(string language) => language switch
    {
        "de" =>
        [
            ("Herzlichen Glückwunsch, Sie wurden ausgewählt: {number} EUR", "Lieber Kunde,\n\nherzlichen Glückwunsch!!! Sie wurden als Gewinner ausgewählt. Fordern Sie Ihren Gewinn von {number} EUR jetzt an, nur heute: {link}\n\nKlicken Sie hier und sichern Sie sich Ihren exklusiven Bonus. Nur noch 24 Stunden!"),
            ("Geld verdienen von zu Hause: {number} EUR täglich", "Lieber Kunde,\n\nGeld verdienen von zu Hause, ohne Risiko! Herzlichen Glückwunsch, Sie wurden ausgewählt. Sie verdienen bis zu {number} EUR pro Tag mit Bitcoin, unser System bringt Gewinn im Schlaf.\n\nJetzt kostenlos testen: {link}\n\nNur noch wenige Plätze, jetzt registrieren!"),
            ("Gratis Bonus im Online-Casino", "Hallo lieber Spieler,\n\n{number} Freispiele im Online Casino warten auf Sie! Herzlichen Glückwunsch, Sie wurden ausgewählt.\n\nSichern Sie sich jetzt Ihren Bonus: {link}\n\nJetzt spielen und gewinnen, nur heute!"),
        ],
        "fr" =>
        [
            ("Félicitations, vous avez gagné {number} EUR", "Cher client,\n\nfélicitations !!! Vous avez gagné au tirage. Réclamez votre gain de {number} EUR maintenant, votre cadeau exclusif vous attend : {link}\n\nCliquez ici, dernier jour !"),
            ("Gagnez {number} EUR par jour à domicile", "Cher client,\n\ngagnez de l'argent à domicile, {number} euros par jour avec le bitcoin, revenus garantis. Félicitations, vous êtes sélectionné !\n\nCliquez ici : {link}\n\nVotre bonus exclusif et gratuit vous attend."),
        ],
        "pl" =>
        [
            ("Congratulations, wygrałeś {number} EUR", "Dear customer, drogi kliencie,\n\ncongratulations, you have been selected! Wygrałeś bonus {number} EUR w casino. Claim your free bonus now: {link}\n\nClick here, only 24 hours left!"),
        ],
        _ =>
        [
            ("Congratulations, you have been selected: claim EUR {number}", "Dear customer,\n\nCONGRATULATIONS!!! You have been selected as a winner. Claim your free prize of EUR {number} now: {link}\n\nAnswer a short survey and receive your exclusive reward. Click here before it is too late, limited time offer, 100% free!"),
            ("Cheap meds online, save {number}%", "Dear friend,\n\nbest prices in our online pharmacy: Viagra, Cialis and weight loss pills, no prescription needed. Order now and save {number}%: {link}\n\nDiscreet free shipping worldwide, money back guarantee. Click here to order today!"),
            ("Double your bitcoin in 24 hours", "Dear friend,\n\nguaranteed profits! Our crypto trading robot doubles your bitcoin. Earn EUR {number} per day from home, extra income without risk, no experience needed.\n\nStart now, limited spots: {link}\n\nFinancial freedom is waiting, act now!"),
            ("Your website on the first page of Google", "Dear owner,\n\nour SEO experts bring your website to the first page of Google. Website traffic, link building, bulk email lists with {number} million addresses: special offer, lowest price guaranteed!\n\nClick here: {link}\n\nTo be removed from our list reply with remove. Make money online from home, guaranteed results."),
            ("Replica watches, {number}% off", "Dear customer,\n\nluxury replica watches, Rolex and designer bags at unbeatable prices, {number}% off today only! Buy now: {link}\n\nCongratulations, you have been selected for a free gift. Claim your gift voucher, click here!"),
            ("Lose weight without diet, doctors amazed", "Dear friend,\n\nlose weight fast with our natural weight loss pills, no diet, no exercise! Try our keto pills risk free, {number}% discount: {link}\n\nOrder now, 100% satisfaction guaranteed, free trial bottle. Click here!"),
            ("Your loan of EUR {number}00 is pre-approved", "Dear customer,\n\nyou are pre approved for a loan, bad credit welcome! Lowest interest rates, no credit check. Apply now: {link}\n\nGet cash today, congratulations, you have been selected. Make money from home with our investment opportunity. Click here, limited time offer!"),
            ("{number} free spins in our casino", "Dear player,\n\nplay in our online casino: {number} free spins and a welcome bonus for slots, poker and roulette! Claim your free spins now: {link}\n\nCongratulations, you have won a bonus of EUR {number}. Click here and play now, jackpot waiting!"),
        ],
    };

    /// <summary>Sender name, subject, text and the words of the link, of mail that wants a password or money.</summary>
    public static IReadOnlyList<(string Name, string Subject, string Text, string Link)> Phish { get; } =
    [
        ("IT Help Desk", "Your mailbox is almost full", "Dear user,\n\nyour mailbox {name} has exceeded its storage limit and will be suspended within 24 hours. Verify your account and confirm your password immediately to avoid losing access to your messages.", "Verify your account"),
        ("Nordhaven IT", "Action required: your password expires today", "Dear user,\n\nyour password expires today. Sign in to your account to keep the same password. If you fail to verify your identity within 12 hours your account will be deactivated.", "Keep current password"),
        ("Document Sharing", "A document was shared with you", "Hello,\n\na document is waiting for your signature. Sign in to your mailbox to view it.", "Open document"),
        ("Voice Mail", "You have one new voice message", "Hello,\n\nyou have received a new voice message (00:47). Enter your password to listen to it.", "Play message"),
        ("Payroll", "Action required: update your bank details", "Dear employee,\n\nyour salary payment failed. Update your payroll bank account information immediately and confirm your identity. Your account will be suspended if you do not respond within 24 hours.", "Update bank details"),
        ("Sparbank Sicherheit", "Ihr Konto wurde eingeschränkt", "Sehr geehrter Kunde,\n\nwir haben ungewöhnliche Aktivitäten festgestellt. Ihr Konto wurde gesperrt. Bestätigen Sie Ihre Daten innerhalb von 24 Stunden und aktualisieren Sie Ihre Angaben umgehend, sonst wird das Konto gelöscht.", "Daten bestätigen"),
        ("Service client", "Votre compte est suspendu", "Cher client,\n\nnous avons détecté une activité inhabituelle. Votre compte a été suspendu. Confirmez vos informations et vérifiez votre compte sous 24 heures, sinon la fermeture définitive de votre compte sera prononcée.", "Confirmer mes coordonnées"),
        ("Poczta firmowa", "Security alert: Twoje konto", "Dear user, drogi użytkowniku,\n\nunusual sign-in activity was detected, wykryliśmy nietypowe logowanie. Verify your account and confirm your password within 24 hours, inaczej konto zostanie zablokowane.", "Verify account / Potwierdź konto"),
    ];
}
