namespace Weir.Sample.People;

/// <summary>Names that occur; put together by chance they belong to nobody.</summary>
internal static class Names
{
    public static (string[] First, string[] Last) Of(string language) => language switch
    {
        "de" => (
            ["Anke", "Birgit", "Carsten", "Dörte", "Eike", "Frauke", "Gesa", "Henning", "Imke", "Jens", "Katrin", "Lars", "Maike", "Nils", "Ole", "Petra", "Ralf", "Silke", "Torben", "Ulrike", "Volker", "Wiebke", "Jürgen", "Sören", "Heike", "Malte", "Inga", "Thies"],
            ["Ahrens", "Behrmann", "Claasen", "Dierksen", "Eggers", "Feddersen", "Grotkamp", "Hansen", "Iversen", "Jöns", "Kröger", "Lührs", "Möller", "Nissen", "Oltmann", "Petersen", "Rickmers", "Steffens", "Timm", "Uhlmann", "Voss", "Wulff", "Harms", "Brodersen", "Köster", "Drews", "Struve", "Thomsen"]),
        "fr" => (
            ["Amélie", "Bastien", "Camille", "Damien", "Élodie", "Fabien", "Gaëlle", "Hugo", "Inès", "Julien", "Karine", "Loïc", "Margaux", "Noémie", "Olivier", "Pauline", "Quentin", "Romain", "Sandrine", "Thibault", "Valérie", "Yannick"],
            ["Arnaud", "Bonnet", "Chevalier", "Delorme", "Esnault", "Fontaine", "Girard", "Hamelin", "Jourdan", "Lacroix", "Marchand", "Noblet", "Perrin", "Quéré", "Rousselle", "Savary", "Tissot", "Vasseur", "Weiller", "Berthier", "Carlier", "Gauthier"]),
        "pl" => (
            ["Agnieszka", "Bartosz", "Celina", "Dawid", "Ewa", "Filip", "Grażyna", "Hubert", "Iwona", "Jakub", "Kinga", "Łukasz", "Magda", "Norbert", "Oliwia", "Paweł", "Renata", "Szymon", "Teresa", "Urszula", "Wojciech", "Zofia"],
            ["Adamska", "Borowski", "Cieślak", "Dąbek", "Formela", "Górski", "Hinc", "Jasiński", "Kaszuba", "Lewandowska", "Malinowski", "Nowicki", "Olszewska", "Pawlak", "Rutkowski", "Sikora", "Tomczak", "Urban", "Wilk", "Zając", "Żuk", "Bielawa"]),
        _ => (
            ["Alison", "Brendan", "Carol", "Derek", "Esther", "Fraser", "Gemma", "Howard", "Isla", "Joanna", "Keith", "Leona", "Martin", "Nadine", "Owen", "Phoebe", "Rory", "Sheila", "Trevor", "Una", "Vincent", "Wendy", "Marcus", "Priya", "Tomas", "Ingrid"],
            ["Ashdown", "Barlow", "Corrigan", "Denholm", "Eastwood", "Fairley", "Gallacher", "Hargreave", "Ingram", "Jessop", "Kirkland", "Lockhart", "Marlowe", "Northcott", "Osgood", "Prentice", "Quigley", "Redfern", "Southey", "Thurlow", "Underhill", "Whitlock", "Yardley", "Brennan", "Castell", "Lindqvist"]),
    };

    /// <summary>A name as it stands in an address: ASCII, lower case.</summary>
    public static string Ascii(string name)
    {
        var result = new System.Text.StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
        {
            result.Append(letter switch
            {
                'ä' => "ae",
                'ö' => "oe",
                'ü' => "ue",
                'ß' => "ss",
                'é' or 'è' or 'ê' or 'ë' or 'ę' => "e",
                'ï' or 'î' => "i",
                'ô' or 'ó' => "o",
                'à' or 'â' or 'ą' => "a",
                'ç' or 'ć' => "c",
                'ł' => "l",
                'ń' => "n",
                'ś' => "s",
                'ż' or 'ź' => "z",
                ' ' or '\'' => "",
                _ => letter.ToString(),
            });
        }

        return result.ToString();
    }
}
