using System.Globalization;
using DuckDB.NET.Data;
using Weir.Events.Schema;

namespace Weir.Events.Store;

/// <summary>The tables inside the DuckDB file. EmailEvents and CampaignInfo are views: rows that stay as they are, and beside them the small state of what changes.</summary>
internal static class StoreSchema
{
    /// <summary>Raised with every change of tables or folding; a file of another version is rebuilt from the log.</summary>
    public const int Version = 5;

    /// <summary>The SQL table that holds the rows of a hunting table.</summary>
    public static string SqlTable(HuntingTable table) =>
        table == MailTables.EmailEvents ? "email_rows" : table == MailTables.CampaignInfo ? "campaign_rows" : table.Name;

    public static void Create(DuckDBConnection connection)
    {
        foreach (var table in HuntingSchema.Tables.Where(table => table.IsStored))
        {
            connection.Execute($"CREATE TABLE \"{SqlTable(table)}\" ({table.ColumnDefinitions()})");
        }

        connection.Execute("""
            CREATE TABLE message_state ("NetworkMessageId" VARCHAR NOT NULL, "RecipientEmailAddress" VARCHAR NOT NULL,
                location VARCHAR NOT NULL, action VARCHAR NOT NULL, additional VARCHAR NOT NULL)
            """);
        connection.Execute("""
            CREATE VIEW "EmailEvents" AS SELECT r.* REPLACE (
                coalesce(s.location, r."LatestDeliveryLocation") AS "LatestDeliveryLocation",
                coalesce(s.action, r."LatestDeliveryAction") AS "LatestDeliveryAction",
                coalesce(s.additional, r."AdditionalFields") AS "AdditionalFields")
            FROM email_rows r LEFT JOIN message_state s
                ON s."NetworkMessageId" = r."NetworkMessageId" AND s."RecipientEmailAddress" = r."RecipientEmailAddress"
            """);

        // Rows keep the campaign that was joined; what it is now, and of which older one it is part, lies beside them.
        connection.Execute("""
            CREATE VIEW "CampaignInfo" AS SELECT r.* REPLACE (
                coalesce(now."CampaignId", r."CampaignId") AS "CampaignId",
                coalesce(now."CampaignName", r."CampaignName") AS "CampaignName",
                coalesce(now."CampaignType", r."CampaignType") AS "CampaignType",
                coalesce(now."CampaignSubtype", r."CampaignSubtype") AS "CampaignSubtype")
            FROM campaign_rows r LEFT JOIN "WeirCampaigns" joined ON joined."CampaignId" = r."CampaignId"
                LEFT JOIN "WeirCampaigns" now ON now."CampaignId" = coalesce(nullif(joined."MergedInto", ''), r."CampaignId")
            """);

        // Which facts of the log speak of which message, so that a late fact finds the earlier ones.
        connection.Execute("CREATE TABLE message_fact (id UUID NOT NULL, sequence BIGINT NOT NULL)");
        connection.Execute("CREATE TABLE store (version INTEGER NOT NULL, cursor BIGINT NOT NULL)");
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO store VALUES ({Version}, 0)"));
    }
}
