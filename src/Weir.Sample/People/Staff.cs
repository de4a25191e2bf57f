using Weir.Directory.Contracts;

namespace Weir.Sample.People;

/// <summary>Nordhaven Marine: who works there, on which lists they are, how their mailboxes behave. Made from the seed.</summary>
internal sealed class Staff
{
    public const string Domain = "nordhaven.example";

    /// <summary>The yard that was bought: its people kept their domain.</summary>
    public const string YardDomain = "nordhaven-yards.example";

    private static readonly string[] Departments = ["Management", "Finance", "Purchasing", "Engineering", "Production", "Sales", "IT"];

    private static readonly (string Office, string Language, int People)[] Offices = [("Hamburg", "de", 26), ("Lyon", "fr", 14), ("Gdansk", "pl", 16)];

    private readonly Dictionary<string, Person> _byAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DistributionList> _lists;

    public Staff(int seed)
    {
        var users = new List<Person>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (office, language, count) in Offices)
        {
            var (first, last) = Names.Of(language);
            for (var number = 0; number < count; number++)
            {
                users.Add(NewPerson(Dice.For(seed, "person", office, number), users.Count, office, first, last, used));
            }
        }

        Users = Ranked(users);
        Finance = [.. Users.Where(person => person.Department == "Finance")];
        Director = Users.First(person => person.Title == "Managing Director");
        Accountant = Finance.First(person => person.Title == "Accountant");
        Leaver = Mailbox("leaver", "Gerrit Wessel", "gerrit.wessel", MailboxKind.Leaver, "Production", "Foreman (left)", "Hamburg");
        SharedInfo = Mailbox("shared-info", "Nordhaven Information", "info", MailboxKind.Shared, "Sales", "", "Hamburg", "office");
        SharedInvoices = Mailbox("shared-invoices", "Invoices", "invoices", MailboxKind.Shared, "Finance", "", "Hamburg", "rechnung", "facturation");
        Scanner = Mailbox("service-scanner", "Scanner 2nd floor", "scanner", MailboxKind.Service, "IT", "", "Hamburg");
        Erp = Mailbox("service-erp", "ERP", "erp", MailboxKind.Service, "IT", "", "Hamburg");
        Monitoring = Mailbox("service-monitoring", "Monitoring", "monitoring", MailboxKind.Service, "IT", "", "Hamburg");
        People = [.. Users, Leaver, SharedInfo, SharedInvoices, Scanner, Erp, Monitoring];
        foreach (var person in People)
        {
            foreach (var address in person.Aliases.Prepend(person.Address))
            {
                _byAddress[address] = person;
            }
        }

        Lists = [.. MakeLists()];
        _lists = Lists.ToDictionary(list => list.Address, StringComparer.OrdinalIgnoreCase);
        Forwarder = Users.First(person => person.ForwardsTo is not null);
    }

    /// <summary>People with a mailbox, in order of rank.</summary>
    public IReadOnlyList<Person> Users { get; }

    /// <summary>All 62 mailboxes.</summary>
    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<DistributionList> Lists { get; }
    public IReadOnlyList<Person> Finance { get; }
    public Person Director { get; }
    public Person Accountant { get; }
    public Person Leaver { get; }
    public Person SharedInfo { get; }
    public Person SharedInvoices { get; }
    public Person Scanner { get; }
    public Person Erp { get; }
    public Person Monitoring { get; }

    /// <summary>The one whose mail also goes to an outside mailbox.</summary>
    public Person Forwarder { get; }

    public Person? Find(string address) => _byAddress.GetValueOrDefault(address);

    public DistributionList? FindList(string address) => _lists.GetValueOrDefault(address);

    public static bool IsOwn(string domain) => domain is Domain or YardDomain;

    /// <summary>The language that a person writes at work.</summary>
    public static string LanguageOf(Person person) => person.Office switch { "Lyon" => "fr", "Gdansk" => "pl", _ => "de" };

    /// <summary>The outside address of an office's network (NAT) and the addresses of its people at home.</summary>
    public static string AddressOf(string office) => office switch { "Lyon" => "192.0.2.34", "Gdansk" => "192.0.2.50", _ => "192.0.2.18" };

    private static Person NewPerson(Dice dice, int number, string office, string[] first, string[] last, HashSet<string> used)
    {
        string given, family, local;
        do
        {
            given = dice.Pick(first);
            family = dice.Pick(last);
            local = $"{Names.Ascii(given)}.{Names.Ascii(family)}";
        }
        while (!used.Add(local));

        var isYard = office == "Gdansk";
        var domain = isYard ? YardDomain : Domain;
        List<string> aliases = [.. isYard ? [$"{local}@{Domain}"] : Array.Empty<string>(), .. dice.Chance(0.3) ? [$"{local[0]}.{Names.Ascii(family)}{number}@{domain}"] : Array.Empty<string>()];
        return new Person
        {
            ObjectId = $"nh-{number + 1:000}",
            DisplayName = $"{given} {family}",
            Address = $"{local}@{domain}",
            Aliases = aliases,
            Office = office,
        };
    }

    // Departments go round; the first of each leads it, and the very first the house.
    private static List<Person> Ranked(List<Person> users)
    {
        var ranked = new List<Person>();
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var number = 0; number < users.Count; number++)
        {
            var department = number < 3 ? "Management" : Departments[1 + ((number - 3) % (Departments.Length - 1))];
            var isHead = heads.TryAdd(department, users[number].Address);
            var title = number switch
            {
                0 => "Managing Director",
                1 => "Chief Financial Officer",
                2 => "Assistant to the Management",
                _ when isHead => $"Head of {department}",
                _ => TitleIn(department, number),
            };
            ranked.Add(users[number] with
            {
                Department = department,
                Title = title,
                Manager = number == 0 ? null : isHead || department == "Management" ? users[0].Address : heads[department],
                Tags = number is 0 or 1 or 2 or 3 or 4 or 5 ? ["Priority account"] : [],
                IsProtected = number is 0 or 1 or 3 or 4,
                ForwardsTo = number == 17 ? "h.yardmaster@homemail.example" : null,
            });
        }

        return ranked;
    }

    private static string TitleIn(string department, int number) => department switch
    {
        "Finance" => number % 2 == 0 ? "Controller" : "Accountant",
        "Purchasing" => "Buyer",
        "Engineering" => number % 2 == 0 ? "Naval Architect" : "Design Engineer",
        "Production" => number % 2 == 0 ? "Foreman" : "Planner",
        "Sales" => "Account Executive",
        _ => number % 2 == 0 ? "System Administrator" : "Support Engineer",
    };

    private static Person Mailbox(string id, string name, string local, MailboxKind kind, string department, string title, string office, params string[] aliases) => new()
    {
        ObjectId = $"nh-{id}",
        DisplayName = name,
        Address = $"{local}@{Domain}",
        Aliases = [.. aliases.Select(alias => $"{alias}@{Domain}")],
        Kind = kind,
        Department = department,
        Title = title,
        Office = office,
    };

    private IEnumerable<DistributionList> MakeLists()
    {
        yield return List("all", "Everybody", Users);
        yield return List("hamburg", "Office Hamburg", Users.Where(person => person.Office == "Hamburg"));
        yield return List("lyon", "Bureau de Lyon", Users.Where(person => person.Office == "Lyon"));
        yield return List("gdansk", "Biuro Gdansk", Users.Where(person => person.Office == "Gdansk"));
        yield return List("finance", "Finance", Finance);
        yield return List("purchasing", "Purchasing", Users.Where(person => person.Department == "Purchasing"));
        yield return List("it", "IT", Users.Where(person => person.Department == "IT"));
        yield return List("yard-handover", "Yard handover", Users.Where(person => person.Department == "Production").Take(1));
    }

    private static DistributionList List(string local, string name, IEnumerable<Person> members) =>
        new($"{local}@{Domain}", name, [.. members.Select(member => member.Address)]);
}
