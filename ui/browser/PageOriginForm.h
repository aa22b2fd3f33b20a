#pragma once

#include <QWidget>

namespace corscope {

class AddressRow;
class ChosenPage;

/// Where the chosen page stands: an address, or an opaque origin, which keeps the address it had before.
class PageOriginForm : public QWidget
{
    Q_OBJECT
public:
    explicit PageOriginForm(ChosenPage& page, QWidget* parent = nullptr);
    bool wantsWidth() const;

Q_SIGNALS:
    void addressShown();

private:
    void refresh();

    ChosenPage& m_page;
    AddressRow* m_address;
};

} // namespace corscope
