#pragma once

#include "core/scenario/JsonReader.h"
#include "core/scenario/Scenario.h"

namespace corscope {

/// A scenario from the object its file holds. What is wrong goes to the reader.
Scenario readScenario(const QJsonObject& object, JsonReader& reader);

/// One action. \param pages those that a send may name
Action readAction(const JsonField& field, const std::vector<PageConfig>& pages);
Expectation readExpectation(const JsonField& field, const std::vector<Action>& actions);

/// One of these words; the standard one where the field is absent.
QByteArray readWord(const JsonField& field, const QByteArray& standard, const QStringList& words);
/// Header lists are arrays of [name, value].
HeaderList readHeaders(const JsonField& field);
/// The keys "body" (text) and "bodyBase64" of an object; null where both are absent.
std::optional<QByteArray> readBody(const JsonObjectField& object);

} // namespace corscope
