namespace Weir.Response.Quarantine;

/// <summary>Whether a text can be an e-mail address: what a mail server takes, without what would end a command.</summary>
internal static class AddressForm
{
    public static bool IsAddress(string text) =>
        text.Length <= 320 && text.LastIndexOf('@') is > 0 and var at && at < text.Length - 1 && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or ',' or ';' or '"');
}
