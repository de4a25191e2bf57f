namespace Weir.Mail.Inspection.Passwords;

/// <summary>The passwords to try on the encrypted files of one message, within an account of work: some formats make each try cost half a second on purpose.</summary>
internal sealed class PasswordTrial(IReadOnlyList<string> fromText)
{
    public const string OfficeStandard = "VelvetSweatshop";

    /// <summary>Passwords that half the world uses; analysts send samples with the first.</summary>
    private static readonly string[] Usual = ["infected", "1234", "12345", "123456"];

    /// <summary>Of one core. A child has two for a message.</summary>
    private double _secondsLeft = 0.8;

    public static PasswordTrial None { get; } = new([]) { _secondsLeft = 0 };

    /// <summary>What opened something; empty while nothing did.</summary>
    public string Opened { get; private set; } = "";

    /// <summary>How many files a password has opened.</summary>
    public int Files { get; private set; }

    /// <summary>It stands in the message.</summary>
    public bool IsFromText => fromText.Contains(Opened, StringComparer.Ordinal);

    /// <summary>What opened the last file opens the next one, most times.</summary>
    /// <param name="secondsEach">What a try costs.</param>
    public IEnumerable<string> Passwords(double secondsEach)
    {
        foreach (var password in (Opened.Length > 0 ? new[] { Opened } : []).Concat(fromText).Concat(Usual))
        {
            if ((_secondsLeft -= secondsEach) < 0)
            {
                yield break;
            }

            yield return password;
        }
    }

    /// <summary>As <see cref="Passwords"/>, after the one that Office tries by itself.</summary>
    public IEnumerable<string> ForOffice(double secondsEach) => Passwords(secondsEach).Prepend(OfficeStandard);

    public void Opens(string password)
    {
        Opened = password;
        Files++;
    }
}
