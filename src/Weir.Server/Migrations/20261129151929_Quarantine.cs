using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weir.Server.Migrations
{
    /// <inheritdoc />
    public partial class Quarantine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "gateway_passed",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateway_passed", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes_outgoing",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Raw = table.Column<byte[]>(type: "BLOB", nullable: true),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Reply = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailboxes_outgoing", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "response_held",
                columns: table => new
                {
                    MessageId = table.Column<string>(type: "TEXT", nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", nullable: false),
                    Holding = table.Column<long>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HeldAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Sender = table.Column<string>(type: "TEXT", nullable: false),
                    SenderName = table.Column<string>(type: "TEXT", nullable: false),
                    InternetMessageId = table.Column<string>(type: "TEXT", nullable: false),
                    BlobId = table.Column<string>(type: "TEXT", nullable: false),
                    BodySha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", nullable: false),
                    PolicyType = table.Column<string>(type: "TEXT", nullable: false),
                    PolicyName = table.Column<string>(type: "TEXT", nullable: false),
                    QuarantinePolicy = table.Column<string>(type: "TEXT", nullable: false),
                    OverrideReason = table.Column<string>(type: "TEXT", nullable: false),
                    Direction = table.Column<string>(type: "TEXT", nullable: false),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    ApprovalId = table.Column<string>(type: "TEXT", nullable: false),
                    Problem = table.Column<string>(type: "TEXT", nullable: false),
                    ReleasedBy = table.Column<string>(type: "TEXT", nullable: false),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReleasedVerdict = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RequestReason = table.Column<string>(type: "TEXT", nullable: false),
                    FreshVerdict = table.Column<string>(type: "TEXT", nullable: false),
                    FreshBecause = table.Column<string>(type: "TEXT", nullable: false),
                    FreshAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecisionNote = table.Column<string>(type: "TEXT", nullable: false),
                    IsUnsaid = table.Column<bool>(type: "INTEGER", nullable: false),
                    ToldAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_response_held", x => new { x.MessageId, x.Recipient });
                });

            migrationBuilder.CreateTable(
                name: "response_quarantine_policy",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Rights = table.Column<int>(type: "INTEGER", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    Notifies = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_response_quarantine_policy", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "response_used_link",
                columns: table => new
                {
                    Link = table.Column<string>(type: "TEXT", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_response_used_link", x => x.Link);
                });

            migrationBuilder.CreateIndex(
                name: "IX_gateway_passed_At",
                table: "gateway_passed",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_outgoing_CreatedAt",
                table: "mailboxes_outgoing",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_outgoing_State",
                table: "mailboxes_outgoing",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_response_held_IsUnsaid",
                table: "response_held",
                column: "IsUnsaid");

            migrationBuilder.CreateIndex(
                name: "IX_response_held_ReceivedAt",
                table: "response_held",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_response_held_Recipient",
                table: "response_held",
                column: "Recipient");

            migrationBuilder.CreateIndex(
                name: "IX_response_held_State_ExpiresAt",
                table: "response_held",
                columns: new[] { "State", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_response_used_link_Until",
                table: "response_used_link",
                column: "Until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "gateway_passed");

            migrationBuilder.DropTable(
                name: "mailboxes_outgoing");

            migrationBuilder.DropTable(
                name: "response_held");

            migrationBuilder.DropTable(
                name: "response_quarantine_policy");

            migrationBuilder.DropTable(
                name: "response_used_link");
        }
    }
}
