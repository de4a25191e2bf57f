using Weir.Mail.Text;

namespace Weir.Mail.Tests.Text;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("en", "Please find attached the invoice for your last order and let us know if you have any questions.")]
    [InlineData("de", "Bitte beachten Sie, dass Ihre Rechnung noch nicht bezahlt wurde und wir Ihnen eine Mahnung schicken.")]
    [InlineData("fr", "Bonjour, votre colis est en attente dans notre centre et vous devez payer les frais pour la livraison.")]
    [InlineData("es", "Hola, su cuenta ha sido bloqueada por motivos de seguridad y debe confirmar los datos para continuar con el servicio.")]
    [InlineData("it", "Gentile cliente, il suo pacco è in attesa di consegna e per questo deve confermare i dati della spedizione.")]
    [InlineData("pt", "Olá, você tem uma fatura em aberto e não foi possível confirmar os seus dados para o pagamento.")]
    [InlineData("nl", "Beste klant, uw pakket is niet bezorgd omdat het adres niet klopt. Klik op de link om het aan te passen.")]
    [InlineData("pl", "Proszę o potwierdzenie, że faktura została opłacona, ponieważ nie otrzymaliśmy jeszcze przelewu od Państwa.")]
    [InlineData("sv", "Hej, vi har inte kunnat leverera ditt paket och du måste därför bekräfta att adressen är rätt.")]
    [InlineData("da", "Hej, vi har ikke kunnet levere din pakke, og du skal derfor bekræfte, at adressen er rigtig af hensyn til os. Det blev ikke betalt.")]
    [InlineData("ru", "Здравствуйте, ваш счёт будет закрыт, если вы не подтвердите данные.")]
    [InlineData("uk", "Вітаємо, ваш рахунок буде закрито, якщо ви не підтвердите дані її власника.")]
    [InlineData("ja", "お支払い方法に問題がありますのでご確認ください。")]
    [InlineData("zh", "您的账户已被锁定，请点击下面的链接进行验证。")]
    [InlineData("ko", "고객님의 계정이 잠겼습니다. 아래 링크를 클릭하세요.")]
    [InlineData("ar", "عزيزي العميل، تم إيقاف حسابك مؤقتا، يرجى تأكيد البيانات.")]
    [InlineData("he", "לקוח יקר, החשבון שלך נחסם, אנא אשר את הפרטים.")]
    [InlineData("el", "Αγαπητέ πελάτη, ο λογαριασμός σας έχει ανασταλεί.")]
    [InlineData("", "ok")]
    [InlineData("", "")]
    [InlineData("", "12345 http://example.com")]
    public void A_language_is_told(string code, string text) => Assert.Equal(code, LanguageGuess.Of(text));
}
