#pragma once

#include "ui/server/OptionEdit.h"

class QComboBox;

namespace corscope {

class ChipList;
class CodeEdit;
class Field;
class Segmented;

/// One class for each shape that the value of an option has. OptionEdit::create() chooses.

class BooleanEdit : public OptionEdit
{
    Q_OBJECT
public:
    BooleanEdit(const OptionDescription& option, const LiteralWords& words);

protected:
    void display(const QJsonValue& value) override;
    void showMistake(const QString&, int, int) override {}

private:
    Segmented* m_choice;
};

/// One of several words; where a function is written for it, that function is shown.
class ChoiceEdit : public OptionEdit
{
    Q_OBJECT
public:
    ChoiceEdit(const OptionDescription& option, const LiteralWords& words);

protected:
    void display(const QJsonValue& value) override;
    void showMistake(const QString& sentence, int, int) override;

private:
    QComboBox* m_combo;
};

/// One line of text: a string, a regular expression, a number.
class LineOptionEdit : public OptionEdit
{
    Q_OBJECT
public:
    LineOptionEdit(const OptionDescription& option, const LiteralWords& words);
    bool wantsWidth() const override;

protected:
    void display(const QJsonValue& value) override;
    void showMistake(const QString& sentence, int, int) override;

private:
    QJsonValue valueOf(const QString& text) const;
    Field* m_field;
};

/// Many lines of text: directives, a file.
class TextOptionEdit : public OptionEdit
{
    Q_OBJECT
public:
    TextOptionEdit(const OptionDescription& option, const LiteralWords& words);
    bool wantsWidth() const override { return true; }

protected:
    void display(const QJsonValue& value) override;
    void showMistake(const QString& sentence, int line, int column) override;

private:
    CodeEdit* m_text;
};

/// Paths, one a line, or options for each path, or a list of objects, as JSON. What is no JSON goes no further.
class PathsEdit : public OptionEdit
{
    Q_OBJECT
public:
    PathsEdit(const OptionDescription& option, const LiteralWords& words);
    bool wantsWidth() const override;

protected:
    void display(const QJsonValue& value) override;
    void showMistake(const QString& sentence, int, int) override;

private:
    void take(const QString& text);
    CodeEdit* m_text;
    QJsonValue m_value = QJsonValue(QJsonValue::Undefined);
};

/// A list of strings, of strings and patterns, or of "Name: value" header lines, as chips.
class ListEdit : public OptionEdit
{
    Q_OBJECT
public:
    ListEdit(const OptionDescription& option, const LiteralWords& words);
    bool wantsWidth() const override;

protected:
    void display(const QJsonValue& value) override;
    void showMistake(const QString& sentence, int, int) override;

private:
    bool isHeaders() const { return m_option.type == OptionDescription::Type::HeaderList; }
    QJsonValue valueOf(const QStringList& items) const;
    ChipList* m_chips;
};

} // namespace corscope
