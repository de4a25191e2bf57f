using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Server.Migrations
{
    /// <inheritdoc />
    public partial class KeptTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "events_saved_query",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "events_kept_text",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events_kept_text", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_events_kept_text_UsedAt",
                table: "events_kept_text",
                column: "UsedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "events_kept_text");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "events_saved_query");
        }
    }
}
