#pragma once

#include <QStringList>
#include <optional>

/// The commands of corscope-cli. Each returns the exit code: 0 as expected, 1 not as expected, 2 bad input.
namespace corscope::cli {

enum class Wire { Direct, Sockets, Both };

struct RunOptions
{
    QString file;
    Wire wire = Wire::Direct;
    bool json = false;
    bool everyStep = false;
    QByteArray profile; ///< instead of the scenario's own; empty: that
    QString html;       ///< where a report is to be written; empty: nowhere
};

struct FixOptions
{
    QString file;
    std::optional<int> action; ///< index of the send; absent: the first that is blocked
    std::optional<int> apply;  ///< number of the proposal, from 1
    QByteArray framework;      ///< what is put in front of a server without CORS; empty: the search's own
    QString output;            ///< where the scenario goes with the proposal made
};

struct ExplainOptions
{
    QString file;     ///< "-" for standard input
    QString scenario; ///< where the scenario is to be written; empty: nowhere
};

struct ConvertOptions
{
    QString file;
    QByteArray to;             ///< id of a share::Format
    QString output;            ///< empty: standard output
    std::optional<int> action; ///< index of the send; absent: the first that is blocked, else the last
};

int run(const RunOptions& options);
int convert(const ConvertOptions& options);
int fix(const FixOptions& options);
int check(const QStringList& files, Wire wire);
int serve(const QString& file);
int list();
int explain(const ExplainOptions& options);
int stdio();

inline constexpr int asExpected = 0;
inline constexpr int notAsExpected = 1;
inline constexpr int badInput = 2;

} // namespace corscope::cli
