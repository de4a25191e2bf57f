using Weir.Mail.Contracts;
using Weir.Mail.Inspection.Passwords;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Passwords;

public sealed class PasswordTests
{
    private static readonly ParseLimits Leaving = ParseLimits.Default with { LeavesArchives = true };

    [Theory]
    [InlineData("Password: Xy7!pq", "Xy7!pq")]
    [InlineData("The password is 4711.", "4711")]
    [InlineData("The password for the attached archive is Blue-Horse", "Blue-Horse")]
    [InlineData("Passwort: Sommer2026!", "Sommer2026!")]
    [InlineData("Das Kennwort zum Öffnen der Datei lautet \"geheim\"", "geheim")]
    [InlineData("Mot de passe : Facture88", "Facture88")]
    [InlineData("La contraseña es abc123.", "abc123")]
    [InlineData("A senha é 9090", "9090")]
    [InlineData("Wachtwoord: tulp", "tulp")]
    [InlineData("Hasło: zima7", "zima7")]
    [InlineData("Пароль к архиву: 2026", "2026")]
    [InlineData("PIN 8812 opens it", "8812")]
    [InlineData("open it with “orchard-5”", "orchard-5")]
    [InlineData("password:\n\n  deep7", "deep7")]
    public void A_password_in_the_text_is_found(string text, string expected) => Assert.Contains(expected, PasswordCandidates.Of("", text));

    [Fact]
    public void A_password_in_the_subject_is_found() => Assert.Contains("A1b2", PasswordCandidates.Of("Invoice, pw: A1b2", ""));

    [Fact]
    public void The_number_of_candidates_is_bounded() =>
        Assert.Equal(PasswordCandidates.Most, PasswordCandidates.Of("", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"password: a{i} ")) + new string('x', 1_000_000)).Count);

    [Fact]
    public void Text_without_a_word_for_it_gives_none() => Assert.Empty(PasswordCandidates.Of("Lunch", "Shall we meet at 12:30 in the canteen?"));

    [Theory, InlineData("old"), InlineData("aes")]
    public void An_archive_is_opened_with_the_password_of_the_text(string kind)
    {
        var program = Archives.ArchiveTests.Program();
        var zip = kind == "old" ? EncryptedZip.Old("run.exe", program, "Sommer2026!") : EncryptedZip.Aes("run.exe", program, "Sommer2026!");
        var result = Inspect(zip, "Passwort: Sommer2026!");

        var member = Assert.Single(result.Members);
        Assert.Equal(("run.exe", "exe", 128L), (member.Path, member.FileType, member.Size));
        Assert.True(result.IsEncrypted);
        Assert.Equal("opened-with-password-of-text", Assert.Single(result.Features).Name);
    }

    [Theory, InlineData("old"), InlineData("aes")]
    public void An_archive_whose_password_is_not_told_stays_closed(string kind)
    {
        var zip = kind == "old" ? EncryptedZip.Old("run.exe", "abc"u8.ToArray(), "Sommer2026!") : EncryptedZip.Aes("run.exe", "abc"u8.ToArray(), "Sommer2026!");
        var result = Inspect(zip, "Passwort: Winter2026!");

        Assert.Equal(("run.exe", true, ""), (result.Members[0].Path, result.Members[0].IsEncrypted, result.Members[0].Sha256));
        Assert.Empty(result.Features);
    }

    [Fact]
    public void A_usual_password_is_told_apart() => Assert.Equal("opened-with-usual-password", Inspect(EncryptedZip.Aes("a.txt", "abc"u8.ToArray(), "infected"), "see file").Features.Single().Name);

    [Theory, InlineData("eicar-encrypted-infected.zip"), InlineData("eicar-aes256.zip"), InlineData("eicar-encrypted-infected.7z"), InlineData("eicar-header-encrypted.7z")]
    public void Encrypted_archives_of_the_suite_are_opened(string name)
    {
        var result = Inspect(File.ReadAllBytes(Suites.Path("archives-generated/" + name)), "the password is infected");

        Assert.Equal("275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f", Assert.Single(result.Members).Sha256);
        Assert.Equal("opened-with-password-of-text", Assert.Single(result.Features).Name);
    }

    private static FileReport Inspect(byte[] zip, string text)
    {
        var message = Eml.WithFile("a.zip", zip, Leaving) with { VisibleText = text };
        return FileInspection.Inspect(Assert.IsType<InspectionRequest>(InspectionRequest.Of(message))).Files[0];
    }
}
