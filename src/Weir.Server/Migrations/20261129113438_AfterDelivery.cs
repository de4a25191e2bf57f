using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Server.Migrations
{
    /// <inheritdoc />
    public partial class AfterDelivery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "response_remediation",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ActionType",
                table: "response_entry",
                type: "TEXT",
                nullable: false,
                defaultValue: "Manual remediation");

            migrationBuilder.AddColumn<string>(
                name: "Subject",
                table: "response_entry",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "response_setting",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_response_setting", x => x.Name);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "response_setting");

            migrationBuilder.DropColumn(
                name: "About",
                table: "response_remediation");

            migrationBuilder.DropColumn(
                name: "ActionType",
                table: "response_entry");

            migrationBuilder.DropColumn(
                name: "Subject",
                table: "response_entry");
        }
    }
}
