using System.Globalization;
using DuckDB.NET.Data;
using Weir.Events.Schema;

namespace Weir.Events.Store;

/// <summary>Multiplies the rows of a store for load, inside the database.</summary>
internal static class StoreCopies
{
    public static void Make(DuckDBConnection connection, int times, TimeSpan apart, Action<int> copied, CancellationToken cancellationToken)
    {
        // The number of a copy has four hex digits in its ids.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, 0xFFFF);
        var tables = HuntingSchema.Tables.Where(table => table.IsStored && Has(table, "Timestamp") && Has(table, "NetworkMessageId")).ToList();
        foreach (var table in tables)
        {
            connection.Execute($"CREATE TEMP TABLE \"original_{StoreSchema.SqlTable(table)}\" AS FROM \"{StoreSchema.SqlTable(table)}\" ORDER BY \"Timestamp\"");
        }

        for (var copy = 1; copy <= times; copy++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var transaction = connection.BeginTransaction();
            foreach (var table in tables)
            {
                connection.Execute(Copy(table, copy, apart));
            }

            transaction.Commit();
            copied(copy);
        }
    }

    private static string Copy(HuntingTable table, int copy, TimeSpan apart)
    {
        var replaced = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"\"Timestamp\" + {copy * apart.Ticks} AS \"Timestamp\""),
            string.Create(CultureInfo.InvariantCulture, $"substr(\"NetworkMessageId\", 1, 24) || '{copy:x4}' || substr(\"NetworkMessageId\", 29) AS \"NetworkMessageId\""),
        };
        if (Has(table, "InternetMessageId"))
        {
            replaced.Add(string.Create(CultureInfo.InvariantCulture, $"'<{copy}.' || substr(\"InternetMessageId\", 2) AS \"InternetMessageId\""));
        }

        if (Has(table, "ReportId"))
        {
            replaced.Add(string.Create(CultureInfo.InvariantCulture, $"\"ReportId\" || '-{copy}' AS \"ReportId\""));
        }

        var name = StoreSchema.SqlTable(table);
        return $"INSERT INTO \"{name}\" SELECT * REPLACE ({string.Join(", ", replaced)}) FROM \"original_{name}\"";
    }

    private static bool Has(HuntingTable table, string column) => table.StoredColumns.Any(stored => stored.Name == column);
}
