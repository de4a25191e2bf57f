namespace Weir.Directory.Contracts;

/// <summary>Whom a tag is put on: everybody who is named, is in one of the lists, or fits one of the patterns. It holds for joiners at once.</summary>
/// <param name="People">Addresses of mailboxes, or their aliases.</param>
/// <param name="Lists">Addresses of distribution lists; lists in lists count too.</param>
/// <param name="Departments">Names, without case; <c>*</c> stands for anything.</param>
/// <param name="Offices">As departments.</param>
/// <param name="Titles">As departments.</param>
public sealed record TagRule(
    IReadOnlyList<string> People, IReadOnlyList<string> Lists, IReadOnlyList<string> Departments, IReadOnlyList<string> Offices, IReadOnlyList<string> Titles)
{
    public static TagRule Nobody { get; } = new([], [], [], [], []);
}
