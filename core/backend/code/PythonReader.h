#pragma once

#include "core/backend/code/LiteralReader.h"

namespace corscope::python {

/// Reads keyword arguments and the literals they are given.
class Reader : public code::LiteralReader
{
public:
    using LiteralReader::LiteralReader;

    /// The keyword arguments of the first call that mentions `target`.
    Result<std::vector<code::Argument>> call(const QByteArray& target);
    /// `name = value` for each of these names, at the start of a statement; what else is assigned may be anything.
    Result<std::vector<code::Argument>> assignments(const QList<QByteArray>& names);

protected:
    /// `name=value, ..` up to the closing bracket of a call, the opening one behind.
    Result<std::vector<code::Argument>> arguments();
    QJsonValue constant(const QByteArray& name) const override;
    /// `origins = ["https://app.example.com"]` at the start of a statement.
    bool findVariable(QByteArray& name) override;
    /// Strings that stand side by side are one; and tuples.
    Result<QJsonValue> ownLiteral() override;

private:
    bool findCall(const QByteArray& target);
};

} // namespace corscope::python
