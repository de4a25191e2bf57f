using Weir.Sample.People;

namespace Weir.Sample.Twins;

/// <summary>Who gets the labelled mail: people of invented companies, and some at free mail services.</summary>
internal sealed record Recipients(string Name, string Address)
{
    private static readonly (string[] First, string[] Last) Spanish = (
        ["Alba", "Álvaro", "Carmen", "Diego", "Elena", "Gonzalo", "Inés", "Javier", "Lucía", "Marta", "Nuria", "Pablo", "Rocío", "Sergio"],
        ["Aguilar", "Bermejo", "Cano", "Delgado", "Esteban", "Fuentes", "Gallego", "Herrero", "Ibáñez", "Lozano", "Medina", "Navarro", "Pardo", "Rubio"]);

    private static readonly (string[] First, string[] Last) Portuguese = (
        ["Ana", "Bruno", "Catarina", "Duarte", "Filipa", "Gustavo", "Helena", "João", "Leonor", "Mariana", "Rafael", "Tiago"],
        ["Almeida", "Barros", "Carvalho", "Dias", "Figueira", "Gomes", "Lopes", "Matos", "Nogueira", "Pinto", "Ramalho", "Teixeira"]);

    private static readonly (string[] First, string[] Last) Italian = (
        ["Alessia", "Bruno", "Chiara", "Davide", "Elisa", "Fabio", "Giulia", "Lorenzo", "Marta", "Paolo", "Serena", "Tommaso"],
        ["Amato", "Bellini", "Conti", "De Santis", "Ferrero", "Gatti", "Longo", "Marini", "Negri", "Palumbo", "Riva", "Sartori"]);

    private static readonly (string[] First, string[] Last) Dutch = (
        ["Anouk", "Bram", "Daan", "Esmee", "Femke", "Gijs", "Iris", "Jeroen", "Lotte", "Maarten", "Sanne", "Wouter"],
        ["Bakker", "Dekker", "Hendriks", "Jansen", "Kuiper", "Meijer", "Postma", "Schouten", "Smit", "Veenstra", "Visser", "Vos"]);

    public static IReadOnlyList<string> Free { get; } = ["gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.de", "web.de", "orange.fr", "icloud.com", "proton.me", "aol.com", "libero.it", "mail.com"];

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
    public string Local => Address[..Address.IndexOf('@', StringComparison.Ordinal)];

    public static bool IsFree(string domain) => Free.Contains(domain, StringComparer.Ordinal);

    public static Recipients Draw(Dice dice, string language)
    {
        var name = Person(dice, language);
        var domain = dice.Chance(0.3) ? dice.Pick(Free) : House.Invented(dice, language).Domain;
        return new Recipients(name, $"{HonestOrigins.Local(dice, name)}@{domain}");
    }

    public static string Person(Dice dice, string language)
    {
        var (first, last) = language switch { "es" => Spanish, "pt" => Portuguese, "it" => Italian, "nl" => Dutch, _ => Names.Of(language) };
        return $"{dice.Pick(first)} {dice.Pick(last)}";
    }
}
